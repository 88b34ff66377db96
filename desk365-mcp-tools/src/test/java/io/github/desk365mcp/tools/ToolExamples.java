package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arguments for every tool, from its own parameters, for tests and documents. */
final class ToolExamples {

    /** Of these a call takes one alone, so the fullest call leaves the second one out. */
    private static final Map<String, String> EITHER_OR = Map.of("reference_number", "contract_name");

    /** Where no argument is required, but one of two is. */
    private static final Set<String> NEEDS_ONE = Set.of("contract_name");

    private static final Set<String> NAMES = Set.of("contract_name", "reference_number", "clear");

    /** Of a tool that requires no argument, but some of several. */
    private static final Map<String, List<String>> SMALLEST = Map.of(
            "desk_365_attachments_read",
            List.of("ticket_number", "file_name"),
            "desk_365_tickets_report",
            List.of("group_by", "list"));

    private ToolExamples() {}

    /** What a call must have. */
    static Map<String, Object> smallest(Tool tool) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Param<?> param : tool.params()) {
            if (param.isRequired()
                    || needsOne(tool, param)
                    || SMALLEST.getOrDefault(tool.name(), List.of()).contains(param.name())) {
                arguments.put(param.name(), value(param));
            }
        }
        change(tool).ifPresent(param -> arguments.put(param.name(), value(param)));
        return arguments;
    }

    /** What an update changes, since it must change something. */
    static Optional<Param<?>> change(Tool tool) {
        return tool.params().stream()
                .filter(param -> tool.verb() == Tool.Verb.UPDATES)
                .filter(param -> !param.isRequired() && !NAMES.contains(param.name()))
                .findFirst();
    }

    /** Everything that one call may have. */
    static Map<String, Object> fullest(Tool tool) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (Param<?> param : tool.params()) {
            String other = EITHER_OR.get(param.name());
            Param<?> alternative = other == null ? null : tool.param(other);
            // A contract sells hours or tickets; the fullest one sells hours.
            boolean otherKind = param.name().equals("contract_tickets");
            if (!otherKind && (alternative == null || !needsOne(tool, alternative))) {
                arguments.put(param.name(), value(param));
            }
        }
        if (SMALLEST.containsKey(tool.name())) {
            // A file has one record, and a link instead of a name.
            arguments.keySet().removeAll(List.of("article_name", "attachment_url"));
        }
        // A whole text has no passages to replace, and what follows a message has tests of its own.
        arguments.keySet().removeAll(List.of("replace", "then"));
        for (String empty : List.of("clear", "not_set")) {
            if (arguments.get(empty) instanceof List<?> fields) {
                // A field either has a value or is empty.
                fields.forEach(arguments::remove);
            }
        }
        return arguments;
    }

    private static boolean needsOne(Tool tool, Param<?> param) {
        boolean names = tool.verb() == Tool.Verb.GETS || tool.verb() == Tool.Verb.UPDATES;
        return names && NEEDS_ONE.contains(param.name())
                || tool.name().equals("desk_365_tickets_advanced_search")
                        && param.name().equals("subject");
    }

    static Object value(Param<?> param) {
        if (param.example() != null) {
            return param.example();
        }
        Map<String, Object> schema = param.type().schema();
        if (schema.get("enum") instanceof List<?> words) {
            return words.get(words.size() - 1);
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "boolean" -> true;
            case "integer" -> 1;
            case "string" -> word(param);
            default -> throw new AssertionError(param.name() + " needs an example");
        };
    }

    /** Returns a copy of the arguments with one more, or with another value. */
    static Map<String, Object> with(Map<String, Object> arguments, String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(arguments);
        more.put(name, value);
        return more;
    }

    /** Returns a copy of the arguments with one fewer. */
    static Map<String, Object> without(Map<String, Object> arguments, String name) {
        Map<String, Object> fewer = new LinkedHashMap<>(arguments);
        fewer.remove(name);
        return fewer;
    }

    private static String word(Param<?> param) {
        return switch (param.name()) {
            case "status" -> "Pending";
            case "type" -> "Question";
            case "assigned_to" -> "rita.solberg@desk.example";
            case "group" -> "Service Desk";
            case "category" -> "Network";
            case "subcategory" -> "VPN";
            case "form_name" -> "Create Ticket";
            default -> "An example";
        };
    }
}
