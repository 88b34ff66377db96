package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.api.model.Ticket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ticket, its conversation, its contact and their company, gathered by up to four calls.
 *
 * <p>Without the ticket there is no answer; any other part may be missing, and the answer says why. One instance is one
 * gathering, by one thread.
 */
final class TicketContext {

    /** What a model's host takes in one piece, in characters of JSON. */
    static final int MOST_CHARACTERS = 40_000;

    static final Answer ANSWER = new Answer() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("ticket", Map.of("type", "object"));
            properties.put("conversations", Answer.array("object"));
            properties.put("contact", Map.of("type", "object"));
            properties.put("company", Map.of("type", "object"));
            properties.put("missing", Answer.array("object"));
            properties.put("left_out", Answer.array("string"));
            return Answer.schemaOf(properties);
        }

        @Override
        public Map<String, Object> convert(Object result) {
            return ((TicketContext) result).answer();
        }
    };

    private final Map<String, Object> parts = new LinkedHashMap<>();
    private final List<Object> missing = new ArrayList<>();
    private boolean limited;

    private TicketContext() {}

    static TicketContext of(Desk365Client desk, Arguments in, long number) {
        TicketContext context = new TicketContext();
        context.gather(desk, in, number);
        return context;
    }

    private void gather(Desk365Client desk, Arguments in, long number) {
        // Needed in any case: it says who the contact is.
        Ticket ticket = desk.tickets().get(number);
        if (allowed(in, "ticket", "get_single_desk_365_ticket_by_id")) {
            parts.put("ticket", plain(TicketShapes.TICKET.convert(ticket.toMap()), "description"));
        }
        if (allowed(in, "conversations", "list_all_desk_365_ticket_conversations")) {
            JsonDocument conversation =
                    read(in, "conversations", () -> desk.tickets().conversation(number));
            if (conversation != null) {
                parts.put("conversations", messages(conversation));
            }
        }
        JsonDocument contact = null;
        if (allowed(in, "contact", "get_single_desk_365_contact_by_id")) {
            contact = named(in, "contact", ticket::contactEmail, desk.contacts()::get);
            if (contact != null) {
                parts.put("contact", ContactPage.CONTACT.convert(contact.toMap()));
            }
        }
        if (allowed(in, "company", "get_single_desk_365_company_by_id")) {
            JsonDocument known = contact;
            JsonDocument company = named(
                    in,
                    "company",
                    () -> ticket.companyName() != null || known == null
                            ? ticket.companyName()
                            : known.text("company_name"),
                    desk.companies()::get);
            if (company != null) {
                parts.put("company", CompanyPage.COMPANY.convert(company.toMap()));
            }
        }
    }

    private boolean allowed(Arguments in, String part, String tool) {
        boolean allowed = in.mayUse(tool);
        if (!allowed) {
            miss(part, "It is not among the tools of this caller.");
        }
        return allowed;
    }

    private @Nullable JsonDocument named(
            Arguments in, String part, Supplier<@Nullable String> name, Function<String, ? extends JsonDocument> call) {
        return read(in, part, () -> {
            String known = name.get();
            if (known == null || known.isBlank()) {
                miss(part, "The ticket names none.");
                return null;
            }
            return call.apply(known);
        });
    }

    private @Nullable JsonDocument read(Arguments in, String part, Supplier<? extends @Nullable JsonDocument> call) {
        if (limited) {
            miss(part, "The calls of this plan are used up for now.");
            return null;
        }
        try {
            return call.get();
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (Desk365Exception failure) {
            if (failure instanceof RateLimitedException spent) {
                in.limited(spent);
                limited = true;
            }
            miss(part, reason(failure));
            return null;
        }
    }

    private static String reason(Desk365Exception failure) {
        if (failure instanceof NotFoundException) {
            return "Desk365 has no such record.";
        }
        if (failure instanceof RateLimitedException) {
            return "The calls of this plan are used up for now.";
        }
        return failure instanceof ApiException refused
                ? "Desk365 refused it (" + refused.status() + ")."
                : "Desk365 did not answer, or not readably.";
    }

    private void miss(String part, String why) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("part", part);
        entry.put("why", why);
        missing.add(entry);
    }

    private List<Object> messages(JsonDocument conversation) {
        Object sent = conversation.get("conversations");
        List<Object> messages = new ArrayList<>();
        int unreadable = sent == null || sent instanceof List ? 0 : 1;
        for (Object message : sent instanceof List<?> list ? list : List.of()) {
            if (message instanceof Map<?, ?> fields) {
                messages.add(plain(TicketShapes.MESSAGE.convert(fields), "body"));
            } else {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            miss("conversations", "Something in it could not be read; what could be is there.");
        }
        return messages;
    }

    /** Without the HTML where its text is there too. */
    private static Map<String, Object> plain(Map<String, Object> record, String html) {
        if (record.containsKey(html + "_text")) {
            record.remove(html);
        }
        return record;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object record) {
        return (Map<String, Object>) record;
    }

    private Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>(parts);
        List<Object> leftOut = new ArrayList<>();
        int size = Text.json(answer).length();
        if (size > MOST_CHARACTERS && answer.get("conversations") instanceof List<?> all) {
            List<Object> messages = new ArrayList<>(all);
            while (size > MOST_CHARACTERS && !messages.isEmpty()) {
                size -= Text.json(asMap(messages.remove(0))).length() + 1;
            }
            answer.put("conversations", messages);
            leftOut.add("the " + (all.size() - messages.size()) + " oldest of " + all.size() + " messages");
        }
        if (size > MOST_CHARACTERS && answer.get("ticket") != null) {
            Map<String, Object> ticket = new LinkedHashMap<>(asMap(answer.get("ticket")));
            ticket.remove("description");
            ticket.remove("description_text");
            answer.put("ticket", ticket);
            leftOut.add("the ticket's description");
        }
        if (!missing.isEmpty()) {
            answer.put("missing", missing);
        }
        if (!leftOut.isEmpty()) {
            answer.put("left_out", leftOut);
        }
        return answer;
    }
}
