package io.github.desk365mcp.tools.internal.catalogue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record that can be read as a resource. Reading one is a call of a tool with one argument.
 *
 * @param template the URI, with the argument's name in braces
 * @param tool the full name of the tool
 */
public record ResourceRow(String template, String name, String tool, String title, String description) {

    public static final List<ResourceRow> ALL = List.of(
            new ResourceRow(
                    "desk365://ticket/{ticket_number}",
                    "ticket",
                    TicketPage.GET,
                    "Ticket",
                    "A ticket, without its conversation."),
            new ResourceRow(
                    "desk365://ticket/{ticket_number}/conversation",
                    "ticket_conversation",
                    "list_all_desk_365_ticket_conversations",
                    "Conversation of a ticket",
                    "The replies and notes of a ticket, oldest first."),
            new ResourceRow(
                    "desk365://contact/{primary_email}",
                    "contact",
                    "get_single_desk_365_contact_by_id",
                    "Contact",
                    "A contact, by e-mail address."),
            new ResourceRow(
                    "desk365://company/{company_name}",
                    "company",
                    "get_single_desk_365_company_by_id",
                    "Company",
                    "A company, by its exact name."),
            new ResourceRow(
                    "desk365://kb/{article_name}",
                    "kb_article",
                    "get_single_desk_365_kb_article_by_id",
                    "Knowledge base article",
                    "A published article, by its exact title."));

    private static final String NUMBER = "ticket_number";

    /** Returns the tool's argument, which is also the variable of the template. */
    public String argument() {
        return template.substring(template.indexOf('{') + 1, template.indexOf('}'));
    }

    /** Returns the arguments of the call that reads a resource; null if the template does not fit its URI. */
    public @Nullable Map<String, Object> arguments(String uri) {
        String before = template.substring(0, template.indexOf('{'));
        String after = template.substring(template.indexOf('}') + 1);
        if (!uri.startsWith(before) || !uri.endsWith(after) || uri.length() <= before.length() + after.length()) {
            return null;
        }
        String encoded = uri.substring(before.length(), uri.length() - after.length());
        if (encoded.chars().anyMatch(character -> "/?#".indexOf(character) >= 0)) {
            return null;
        }
        String value;
        try {
            // In a path, a plus sign is not a blank.
            value = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        // As a number, so that the answer does not report a repair.
        boolean isNumber = argument().equals(NUMBER) && value.matches("[1-9]\\d{0,8}");
        return Map.of(argument(), isNumber ? Integer.valueOf(value) : value);
    }

    /** Returns the template in MCP's format. */
    public Map<String, Object> toMap(String mimeType) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("uriTemplate", template);
        map.put("name", name);
        map.put("title", title);
        map.put("description", description);
        map.put("mimeType", mimeType);
        return map;
    }
}
