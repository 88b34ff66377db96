package io.github.desk365mcp.tools.internal.account;

import java.util.List;
import java.util.Map;

/** Learns a helpdesk's words from answers, by the names of fields. */
public final class VocabularyLearner {

    private static final int DEEPEST = 4;

    /** The value in tickets without an SLA. */
    private static final String NO_SLA = "No SLA Policy";

    /** Fields that mean the same in every record. */
    private static final Map<String, VocabularyKind> ANYWHERE = Map.ofEntries(
            Map.entry("assigned_to", VocabularyKind.AGENT),
            Map.entry("agent_email", VocabularyKind.AGENT),
            Map.entry("company_name", VocabularyKind.COMPANY),
            Map.entry("primary_email", VocabularyKind.CONTACT),
            Map.entry("article_name", VocabularyKind.ARTICLE),
            Map.entry("survey_name", VocabularyKind.SURVEY),
            Map.entry("location_name", VocabularyKind.LOCATION),
            Map.entry("parent_location_name", VocabularyKind.LOCATION),
            Map.entry("contract_name", VocabularyKind.CONTRACT),
            Map.entry("reference_number", VocabularyKind.REFERENCE),
            Map.entry("contract_category", VocabularyKind.CONTRACT_CATEGORY),
            Map.entry("category_name", VocabularyKind.KB_CATEGORY),
            Map.entry("folder_name", VocabularyKind.KB_FOLDER));

    /** Fields read only in tickets; these names have other meanings elsewhere. */
    private static final Map<String, VocabularyKind> OF_TICKETS = Map.of(
            "status", VocabularyKind.STATUS,
            "type", VocabularyKind.TYPE,
            "group", VocabularyKind.GROUP,
            "category", VocabularyKind.CATEGORY,
            "subcategory", VocabularyKind.SUBCATEGORY,
            "form_name", VocabularyKind.FORM,
            "sla", VocabularyKind.SLA,
            "contact_email", VocabularyKind.CONTACT);

    private VocabularyLearner() {}

    public static void learn(AccountVocabulary words, Map<String, Object> answer) {
        learn(words, answer, 0);
    }

    private static void learn(AccountVocabulary words, Object value, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (value instanceof List<?> list) {
            list.forEach(item -> learn(words, item == null ? "" : item, depth + 1));
        } else if (value instanceof Map<?, ?> record) {
            boolean isTicket = record.containsKey("ticket_number") && record.containsKey("status");
            record.forEach((name, field) -> {
                String key = String.valueOf(name);
                VocabularyKind topic = ANYWHERE.get(key);
                if (topic == null && isTicket) {
                    topic = OF_TICKETS.get(key);
                }
                if (topic != null && !NO_SLA.equals(field)) {
                    words.saw(topic, field);
                } else if (isTicket && key.equals("custom_fields") && field instanceof Map<?, ?> fields) {
                    fields.keySet().forEach(custom -> words.saw(VocabularyKind.CUSTOM_FIELD, custom));
                } else if (field != null && !key.equals("custom_fields")) {
                    learn(words, field, depth + 1);
                }
            });
        }
    }
}
