package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom a call's arguments let in on mail, now or later, beside the ticket's contact.
 *
 * <p>An address counts as outside unless it is surely an agent's: the service may take any, whatever the argument is
 * meant for.
 */
public final class Recipients {

    /** What a preview calls those whom an argument lets in. */
    private static final Map<Param<?>, String> TOLD = told();

    /** Meant for agents, who are no outsiders. */
    private static final List<Param<?>> OF_AGENTS =
            List.of(MessagePage.NOTIFY, TicketPage.WATCHERS, TicketPage.ADD_WATCHERS);

    private Recipients() {}

    private static Map<Param<?>, String> told() {
        Map<Param<?>, String> told = new LinkedHashMap<>();
        told.put(MessagePage.CC, "cc");
        told.put(MessagePage.BCC, "bcc");
        told.put(MessagePage.NOTIFY, "notify");
        told.put(TicketPage.NEW_CONTACT, "new_contact");
        told.put(TicketPage.WATCHERS, "watchers");
        told.put(TicketPage.ADD_WATCHERS, "watchers");
        told.put(TicketPage.SHARE_TO, "shared_with");
        told.put(TicketPage.ADD_SHARES, "shared_with");
        // What comes from these is answered to the contact's main address.
        told.put(ContactPage.SECONDARY_EMAILS, "answered_to_primary_email");
        return told;
    }

    /** Whether the call names somebody who is not surely an agent. */
    static boolean reachOutside(Arguments in) {
        return TOLD.keySet().stream()
                .filter(in.call().tool().params()::contains)
                .anyMatch(param -> addresses(in.toMap(), param).stream()
                        .anyMatch(address -> !OF_AGENTS.contains(param) || !isAgent(in.call(), address)));
    }

    private static boolean isAgent(Call call, String address) {
        return call.account().words().isAgent(address);
    }

    /** Those whom the call lets in, by what a preview calls them. */
    public static Map<String, List<String>> of(Call call) {
        Map<String, List<String>> recipients = new LinkedHashMap<>();
        TOLD.forEach((param, name) -> {
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

    /** The arguments that a preview tells by whom they let in. */
    public static List<String> arguments(Tool tool) {
        return TOLD.keySet().stream()
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
