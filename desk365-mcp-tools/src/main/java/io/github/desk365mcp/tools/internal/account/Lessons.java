package io.github.desk365mcp.tools.internal.account;

import io.github.desk365mcp.tools.host.Topic;
import java.util.List;
import java.util.Map;

/** What an answer teaches of a helpdesk's words, by the names of its fields. */
public final class Lessons {

    private static final int DEEPEST = 4;

    /** Stands in tickets that have none. */
    private static final String NO_SLA = "No SLA Policy";

    /** Wherever they stand. */
    private static final Map<String, Topic> ANYWHERE = Map.of(
            "assigned_to", Topic.AGENT,
            "agent_email", Topic.AGENT,
            "company_name", Topic.COMPANY,
            "primary_email", Topic.CONTACT,
            "article_name", Topic.ARTICLE,
            "survey_name", Topic.SURVEY,
            "location_name", Topic.LOCATION,
            "contract_name", Topic.CONTRACT,
            "category_name", Topic.KB_CATEGORY,
            "folder_name", Topic.KB_FOLDER);

    /** In tickets alone; elsewhere these names mean other things. */
    private static final Map<String, Topic> OF_TICKETS = Map.of(
            "status", Topic.STATUS,
            "type", Topic.TYPE,
            "group", Topic.GROUP,
            "category", Topic.CATEGORY,
            "subcategory", Topic.SUBCATEGORY,
            "form_name", Topic.FORM,
            "sla", Topic.SLA,
            "contact_email", Topic.CONTACT);

    private Lessons() {}

    public static void learn(Words words, Map<String, Object> answer) {
        learn(words, answer, 0);
    }

    private static void learn(Words words, Object value, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (value instanceof List<?> list) {
            list.forEach(item -> learn(words, item == null ? "" : item, depth + 1));
        } else if (value instanceof Map<?, ?> record) {
            boolean isTicket = record.containsKey("ticket_number") && record.containsKey("status");
            record.forEach((name, field) -> {
                String key = String.valueOf(name);
                Topic topic = ANYWHERE.get(key);
                if (topic == null && isTicket) {
                    topic = OF_TICKETS.get(key);
                }
                if (topic != null && !NO_SLA.equals(field)) {
                    words.saw(topic, field);
                } else if (isTicket && key.equals("custom_fields") && field instanceof Map<?, ?> fields) {
                    fields.keySet().forEach(custom -> words.saw(Topic.CUSTOM_FIELD, custom));
                } else if (field != null && !key.equals("custom_fields")) {
                    learn(words, field, depth + 1);
                }
            });
        }
    }
}
