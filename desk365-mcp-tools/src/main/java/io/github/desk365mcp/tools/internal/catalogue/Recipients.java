package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The people who get mail, now or later, because a call's arguments name them; the ticket's contact is not included.
 *
 * <p>An address is treated as external unless it is known to be an agent's: the service may accept any address,
 * whatever the argument is meant for.
 */
public final class Recipients {

    /** What previews call each recipient argument. By name: an operator's settings change the type of an argument. */
    private static final Map<String, String> LABELS = labels();

    /** Arguments that are meant for agents, who are not external. */
    private static final Set<String> OF_AGENTS =
            Set.of(MessagePage.NOTIFY.name(), TicketPage.WATCHERS.name(), TicketPage.ADD_WATCHERS.name());

    private Recipients() {}

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MessagePage.CC.name(), "cc");
        labels.put(MessagePage.BCC.name(), "bcc");
        labels.put(MessagePage.NOTIFY.name(), "notify");
        labels.put(TicketPage.NEW_CONTACT.name(), "new_contact");
        labels.put(TicketPage.WATCHERS.name(), "watchers");
        labels.put(TicketPage.ADD_WATCHERS.name(), "watchers");
        labels.put(TicketPage.SHARE_TO.name(), "shared_with");
        labels.put(TicketPage.ADD_SHARES.name(), "shared_with");
        // Mail from these addresses is answered to the contact's primary address.
        labels.put(ContactPage.SECONDARY_EMAILS.name(), "answered_to_primary_email");
        return labels;
    }

    /** Whether the call names an address that is not known to be an agent's. */
    static boolean reachOutside(Arguments in) {
        return arguments(in.call().tool()).stream()
                .anyMatch(argument -> addresses(in.toMap(), argument).stream()
                        .anyMatch(address -> !OF_AGENTS.contains(argument) || !isAgent(in.call(), address)));
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
        arguments(call.tool()).forEach(argument -> {
            List<String> addresses = addresses(call.arguments(), argument);
            if (!addresses.isEmpty()) {
                recipients.put(String.valueOf(LABELS.get(argument)), addresses);
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
                .filter(argument -> tool.param(argument) != null)
                // The contact of a new ticket is not new to it, and places have contacts too.
                .filter(argument -> !argument.equals(TicketPage.NEW_CONTACT.name())
                        || tool.name().equals(TicketPage.UPDATE))
                .toList();
    }

    private static List<String> inMessages(Call call) {
        if (!(call.arguments().get(ImportPage.CONVERSATIONS.name()) instanceof List<?> messages)) {
            return List.of();
        }
        return messages.stream()
                .flatMap(message -> ImportPage.RECIPIENTS.stream()
                        .flatMap(param -> addresses((Map<?, ?>) message, param.name()).stream()))
                .distinct()
                .toList();
    }

    private static List<String> addresses(Map<?, ?> arguments, String argument) {
        List<String> addresses = new ArrayList<>();
        Object given = arguments.get(argument);
        for (Object one : given instanceof List<?> list ? list : given == null ? List.of() : List.of(given)) {
            addresses.add(String.valueOf(one));
        }
        return addresses;
    }
}
