package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The people who get mail, now or later, because a call's arguments name them; the ticket's contact is not included.
 *
 * <p>An address is treated as external unless it is known to be an agent's: the service may accept any address,
 * whatever the argument is meant for.
 */
public final class Recipients {

    /** The names of recipient arguments in previews. */
    private static final Map<Param<?>, String> LABELS = labels();

    /** Arguments that are meant for agents, who are not external. */
    private static final List<Param<?>> OF_AGENTS =
            List.of(MessagePage.NOTIFY, TicketPage.WATCHERS, TicketPage.ADD_WATCHERS);

    private Recipients() {}

    private static Map<Param<?>, String> labels() {
        Map<Param<?>, String> labels = new LinkedHashMap<>();
        labels.put(MessagePage.CC, "cc");
        labels.put(MessagePage.BCC, "bcc");
        labels.put(MessagePage.NOTIFY, "notify");
        labels.put(TicketPage.NEW_CONTACT, "new_contact");
        labels.put(TicketPage.WATCHERS, "watchers");
        labels.put(TicketPage.ADD_WATCHERS, "watchers");
        labels.put(TicketPage.SHARE_TO, "shared_with");
        labels.put(TicketPage.ADD_SHARES, "shared_with");
        // Mail from these addresses is answered to the contact's primary address.
        labels.put(ContactPage.SECONDARY_EMAILS, "answered_to_primary_email");
        return labels;
    }

    /** Whether the call names an address that is not known to be an agent's. */
    static boolean reachOutside(Arguments in) {
        return LABELS.keySet().stream()
                .filter(in.call().tool().params()::contains)
                .anyMatch(param -> addresses(in.toMap(), param).stream()
                        .anyMatch(address -> !OF_AGENTS.contains(param) || !isAgent(in.call(), address)));
    }

    private static boolean isAgent(Call call, String address) {
        return call.account().words().isAgent(address);
    }

    /** Returns the recipients that the call names, by their names in previews. */
    public static Map<String, List<String>> of(Call call) {
        OwnRow own = call.tool().own();
        if (own != null) {
            List<String> to = own.tool().recipients(OwnRow.arguments(call.arguments()));
            return to.isEmpty() ? Map.of() : Map.of("to", to);
        }
        Map<String, List<String>> recipients = new LinkedHashMap<>();
        LABELS.forEach((param, name) -> {
            List<String> addresses =
                    call.tool().params().contains(param) ? addresses(call.arguments(), param) : List.of();
            if (!addresses.isEmpty()) {
                recipients.put(name, addresses);
            }
        });
        List<String> named = inMessages(call);
        if (!named.isEmpty()) {
            recipients.put("named_in_messages", named);
        }
        return recipients;
    }

    /** Returns the names of the tool's recipient arguments. */
    public static List<String> arguments(Tool tool) {
        return LABELS.keySet().stream()
                .filter(tool.params()::contains)
                .map(Param::name)
                .toList();
    }

    private static List<String> inMessages(Call call) {
        if (!(call.arguments().get(ImportPage.CONVERSATIONS.name()) instanceof List<?> messages)) {
            return List.of();
        }
        return messages.stream()
                .flatMap(message ->
                        ImportPage.RECIPIENTS.stream().flatMap(param -> addresses((Map<?, ?>) message, param).stream()))
                .distinct()
                .toList();
    }

    private static List<String> addresses(Map<?, ?> arguments, Param<?> param) {
        List<String> addresses = new ArrayList<>();
        Object given = arguments.get(param.name());
        for (Object one : given instanceof List<?> list ? list : given == null ? List.of() : List.of(given)) {
            addresses.add(String.valueOf(one));
        }
        return addresses;
    }
}
