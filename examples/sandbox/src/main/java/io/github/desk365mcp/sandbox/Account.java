package io.github.desk365mcp.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration of the helpdesk: labels, people and custom fields. The API can neither list nor change most of it,
 * but refuses names that are not in it.
 */
final class Account {

    static final String NO_SLA = "No SLA Policy";

    private final JsonNode settings;
    private final Rules rules;

    private Account(JsonNode settings, Rules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    static Account seeded(Rules rules) {
        return new Account(Json.resource("account.json"), rules);
    }

    Rules rules() {
        return rules;
    }

    List<String> list(String setting) {
        return Json.texts(settings.path(setting));
    }

    JsonNode agents() {
        return settings.path("agents");
    }

    /** Returns the default mailbox for replies. */
    String defaultMailbox() {
        return list("mailboxes").get(0);
    }

    /** Returns the agent who owns the API key. */
    String keyOwner() {
        return settings.path("key_owner").asString();
    }

    String agentName(String email) {
        return agents().valueStream()
                .filter(agent -> email.equalsIgnoreCase(agent.path("email").asString()))
                .map(agent -> agent.path("name").asString())
                .findFirst()
                .orElse(email.substring(0, Math.max(0, email.indexOf('@'))));
    }

    /** Returns an agent's address in its registered spelling. */
    String agent(String email, String field) {
        List<String> emails = new ArrayList<>();
        agents().forEach(agent -> emails.add(agent.path("email").asString()));
        String known = find(emails, email);
        if (known == null) {
            rules.refuse(Guess.KNOWN_AGENTS, "Invalid value '" + email + "' for " + field);
        }
        return known == null ? email : known;
    }

    /**
     * Returns a label in its registered spelling. Sources write statuses and types in lower case too, so any case is
     * accepted; what the service does is unknown.
     */
    String labelOfAnyCase(String setting, String label, String field) {
        String known = find(list(setting), label.strip());
        return known == null ? label(setting, label, field) : known;
    }

    String label(String setting, String label, String field) {
        return oneOf(list(setting), label, field, Guess.KNOWN_NAMES);
    }

    String category(String category) {
        List<String> names = List.copyOf(settings.path("categories").propertyNames());
        return oneOf(names, category, "category", Guess.KNOWN_NAMES);
    }

    String subcategory(@Nullable String category, String subcategory) {
        JsonNode known = settings.path("categories").path(category == null ? "" : category);
        return oneOf(Json.texts(known), subcategory, "sub_category", Guess.SUBCATEGORY_OF_CATEGORY);
    }

    private String oneOf(List<String> known, String name, String field, Guess guess) {
        rules.refuseIf(!known.contains(name), guess, "Invalid value '" + name + "' for " + field);
        return name;
    }

    private static @Nullable String find(List<String> known, String name) {
        return known.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
    }

    /** Returns an object with all custom fields of tickets, each without a value. */
    ObjectNode emptyCustomFields() {
        ObjectNode fields = Json.object();
        settings.path("custom_fields")
                .forEach(field -> fields.putNull(field.path("name").asString()));
        return fields;
    }

    /** Refuses an undefined custom field, and a value that is not in the dropdown of its field. */
    void checkCustomField(String name, JsonNode value) {
        Map<String, JsonNode> defined = new LinkedHashMap<>();
        settings.path("custom_fields")
                .forEach(field -> defined.put(field.path("name").asString(), field));
        JsonNode field = defined.get(name);
        if (field == null) {
            throw Refusal.badRequest("Invalid custom field: " + name);
        }
        List<String> values = Json.texts(field.path("values"));
        rules.refuseIf(
                !values.isEmpty() && !value.isNull() && !values.contains(value.asString("")),
                Guess.DROPDOWN_VALUES,
                "Invalid value '" + value.asString("") + "' for " + name);
    }
}
