package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.text.BodyFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits the parts of a ticket's context into one size limit, and lists the calls that return the rest. Single use. */
public final class TicketContextTrimmer {

    static final String CONVERSATIONS = "conversations";

    static final Map<String, RecordMapping> SHAPES =
            Map.of("ticket", TicketShapes.TICKET, "contact", ContactPage.CONTACT, "company", CompanyPage.COMPANY);

    /** The tool that returns each part. */
    static final Map<String, String> TOOLS = Map.of(
            "ticket",
            "get_single_desk_365_ticket_by_id",
            CONVERSATIONS,
            "list_all_desk_365_ticket_conversations",
            "contact",
            "get_single_desk_365_contact_by_id",
            "company",
            "get_single_desk_365_company_by_id");

    private final long ticketNumber;
    private final Names names;
    private final AnswerOptions view;
    private final Map<String, Object> truncated = new LinkedHashMap<>();
    private final List<Object> calls = new ArrayList<>();

    TicketContextTrimmer(long ticketNumber, Names names, AnswerOptions view) {
        this.ticketNumber = ticketNumber;
        this.names = names;
        this.view = view;
    }

    /**
     * If there are messages, ticket, contact and company get at most half of the size; the newest messages get the
     * rest.
     */
    Map<String, Object> answer(Map<String, JsonDocument> parts) {
        Map<String, Map<String, Object>> records = new LinkedHashMap<>();
        parts.forEach((part, document) -> {
            RecordMapping shape = SHAPES.get(part);
            if (shape != null) {
                records.put(part, shape.convert(document.toMap(), view));
            }
        });
        JsonDocument conversation = parts.get(CONVERSATIONS);
        int most = view.size().tokens();
        slim(records, conversation == null ? most : most / 2);
        Map<String, Object> answer = new LinkedHashMap<>();
        parts.keySet().forEach(part -> answer.put(part, records.getOrDefault(part, Map.of())));
        if (conversation != null) {
            answer.put(CONVERSATIONS, newest(conversation, most - view.size().of(answer)));
        }
        if (!truncated.isEmpty()) {
            truncated.put("get_with", calls);
            answer.put(Answer.TRUNCATED, truncated);
        }
        return answer;
    }

    private void slim(Map<String, Map<String, Object>> records, int most) {
        int size = records.values().stream().mapToInt(view.size()::of).sum();
        while (size > most) {
            Map.Entry<String, Map<String, Object>> largest = records.entrySet().stream()
                    .max((one, other) -> Integer.compare(
                            view.size().of(one.getValue()), view.size().of(other.getValue())))
                    .orElseThrow();
            int its = view.size().of(largest.getValue());
            Object key = largest.getValue().get(key(largest.getKey()));
            List<String> leftOut = view.size().slim(largest.getValue(), its - (size - most), view);
            if (leftOut.isEmpty()) {
                return;
            }
            leftOut(largest.getKey(), key, leftOut);
            size += view.size().of(largest.getValue()) - its;
        }
    }

    private void leftOut(String part, @Nullable Object key, List<String> fields) {
        truncated.merge(part + "_fields_left_out", fields, (before, more) -> {
            List<Object> all = new ArrayList<>((List<?>) before);
            all.addAll((List<?>) more);
            return all;
        });
        if (key != null) {
            calls.add(call(part, Map.of(key(part), key, AnswerOptions.FIELDS, fields)));
        }
    }

    private static String key(String part) {
        return switch (part) {
            case "contact" -> "primary_email";
            case "company" -> "company_name";
            default -> "ticket_number";
        };
    }

    private Map<String, Object> call(String part, Map<String, Object> arguments) {
        Map<String, Object> same = new LinkedHashMap<>(arguments);
        if (view.bodies() != BodyFormat.TEXT && !part.equals("contact") && !part.equals("company")) {
            same.put(AnswerOptions.BODY_FORMAT.name(), view.bodies().word());
        }
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("tool", names.of(TOOLS.getOrDefault(part, part)));
        call.put("arguments", same);
        return call;
    }

    private List<Map<String, Object>> newest(JsonDocument conversation, int most) {
        List<?> all = conversation.get(CONVERSATIONS) instanceof List<?> list ? list : List.of();
        List<Map<String, Object>> newest = new ArrayList<>();
        int room = most;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (!(all.get(i) instanceof Map<?, ?> sent)) {
                continue;
            }
            Map<String, Object> message = TicketShapes.MESSAGE.convert(sent, view);
            if (newest.isEmpty()) {
                List<String> leftOut = view.size().slim(message, room, view);
                if (!leftOut.isEmpty()) {
                    truncated.put("newest_message_fields_left_out", leftOut);
                    calls.add(call(
                            CONVERSATIONS,
                            Map.of(
                                    "ticket_number",
                                    ticketNumber,
                                    "offset",
                                    i,
                                    "max_items",
                                    1,
                                    AnswerOptions.FIELDS,
                                    leftOut)));
                }
            }
            room -= view.size().of(message, TicketShapes.MESSAGE);
            if (room < 0 && !newest.isEmpty()) {
                // The count tells the model that the conversation is incomplete.
                truncated.put("oldest_messages_left_out", i + 1);
                calls.add(call(CONVERSATIONS, Map.of("ticket_number", ticketNumber, "max_items", i + 1)));
                break;
            }
            newest.add(0, message);
        }
        return newest;
    }
}
