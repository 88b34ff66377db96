package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The {@code filters} parameter: a ticket must match every key, and for each key one of its values. Values are compared
 * exactly; whether the service ignores case is unknown.
 */
final class TicketFilter {

    /** The value that matches fields without a value. */
    private static final String NOT_SET = "--";

    /** The filters, and the ticket fields that they compare. */
    private static final Map<String, String> FIELDS = Map.of(
            "status", "status",
            "priority", "priority",
            "type", "type",
            "group", "group",
            "assigned_to", "assigned_to",
            "category", "category",
            "subcategory", "subcategory",
            "source", "source",
            "contact", "contact_email",
            "company_name", "company_name");

    private TicketFilter() {}

    static Predicate<Ticket> of(@Nullable String filters, Rules rules) {
        Predicate<Ticket> all = ticket -> true;
        if (filters == null || filters.isBlank()) {
            return all;
        }
        JsonNode json = parse(filters, rules);
        rules.refuseIf(!json.isObject(), Guess.READABLE_QUERY, "filters must be a JSON object");
        for (Map.Entry<String, JsonNode> filter : json.properties()) {
            if (!rules.ignores(filter.getKey())) {
                all = all.and(one(filter.getKey(), filter.getValue(), rules));
            }
        }
        return all;
    }

    private static Predicate<Ticket> one(String key, JsonNode value, Rules rules) {
        if (key.equals("include_merged")) {
            // Only a number was observed. Texts and arrays of one text are accepted because the other filters have
            // these forms.
            JsonNode flag = value.isArray() ? value.path(0) : value;
            boolean include = !flag.asString("").equals("0");
            return ticket -> include || !ticket.merged;
        }
        if (key.equals("custom_fields")) {
            Predicate<Ticket> all = ticket -> true;
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                List<String> wanted = values(field.getKey(), field.getValue(), rules);
                all = all.and(ticket -> matches(wanted, ticket.fields.path("custom_fields"), field.getKey()));
            }
            return all;
        }
        String field = FIELDS.get(key);
        if (field == null) {
            rules.refuse(Guess.KNOWN_FILTERS, "Invalid filter: " + key);
            return ticket -> true;
        }
        List<String> wanted = values(key, value, rules);
        return ticket -> matches(wanted, ticket.fields, field);
    }

    private static List<String> values(String key, JsonNode value, Rules rules) {
        boolean texts = value.isArray() && value.valueStream().allMatch(JsonNode::isString);
        rules.refuseIf(!texts, Guess.READABLE_QUERY, "Filter " + key + " must be an array of strings");
        return value.isArray() ? Json.texts(value) : List.of(value.asString(""));
    }

    private static boolean matches(List<String> wanted, JsonNode fields, String name) {
        return wanted.contains(Objects.requireNonNullElse(Json.text(fields, name), NOT_SET));
    }

    private static JsonNode parse(String filters, Rules rules) {
        try {
            return Json.MAPPER.readTree(filters);
        } catch (JacksonException e) {
            rules.refuse(Guess.READABLE_QUERY, "filters is not valid JSON");
            return Json.object();
        }
    }
}
