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

    static final Answer ANSWER = new Answer() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("ticket", Map.of("type", "object"));
            properties.put("conversations", Answer.array("object"));
            properties.put("contact", Map.of("type", "object"));
            properties.put("company", Map.of("type", "object"));
            properties.put("missing", Answer.array("object"));
            properties.put(TRUNCATED, Map.of("type", "object"));
            return Answer.schemaOf(properties);
        }

        @Override
        public List<Param<?>> takes() {
            return List.of(View.BODY_FORMAT);
        }

        @Override
        public Map<String, Object> convert(Object result, View view) {
            return ((TicketContext) result).answer(view);
        }

        @Override
        public Map<String, String> untrusted(Map<String, Object> answer) {
            Map<String, String> untrusted = new LinkedHashMap<>();
            SHAPES.forEach((part, shape) -> {
                if (answer.get(part) instanceof Map<?, ?> record) {
                    Answer.one(shape)
                            .untrusted(asMap(record))
                            .forEach((path, writer) -> untrusted.put(part + "." + path, writer));
                }
            });
            if (answer.get(CONVERSATIONS) instanceof List<?> messages) {
                untrusted.putAll(Untrusted.in(CONVERSATIONS, messages, TicketShapes.MESSAGE));
            }
            return untrusted;
        }
    };

    private static final String CONVERSATIONS = "conversations";

    private static final Map<String, Shape> SHAPES =
            Map.of("ticket", TicketShapes.TICKET, "contact", ContactPage.CONTACT, "company", CompanyPage.COMPANY);

    private final Map<String, JsonDocument> parts = new LinkedHashMap<>();
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
            parts.put("ticket", ticket);
        }
        if (allowed(in, "conversations", "list_all_desk_365_ticket_conversations")) {
            JsonDocument conversation =
                    read(in, "conversations", () -> desk.tickets().conversation(number));
            if (conversation != null) {
                parts.put(CONVERSATIONS, conversation);
            }
        }
        JsonDocument contact = null;
        if (allowed(in, "contact", "get_single_desk_365_contact_by_id")) {
            contact = named(in, "contact", ticket::contactEmail, desk.contacts()::get);
            if (contact != null) {
                parts.put("contact", contact);
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
                parts.put("company", company);
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

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object record) {
        return (Map<String, Object>) record;
    }

    /** The ticket first, then the newest messages, as far as there is room; the people are small. */
    private Map<String, Object> answer(View view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, Object> truncated = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        parts.forEach((part, document) -> {
            Shape shape = SHAPES.get(part);
            answer.put(part, shape == null ? List.of() : shape.convert(document.toMap(), view));
        });
        int room = view.size().tokens() - view.size().of(answer);
        if (room < 0 && answer.get("ticket") instanceof Map<?, ?> ticket) {
            int most = view.size().of(asMap(ticket)) + room;
            leftOut.addAll(view.size().slim(asMap(ticket), most, view));
            room = view.size().tokens() - view.size().of(answer);
        }
        JsonDocument conversation = parts.get(CONVERSATIONS);
        if (conversation != null) {
            answer.put(CONVERSATIONS, newest(conversation, room, view, truncated));
        }
        if (!leftOut.isEmpty()) {
            truncated.put("ticket_fields_left_out", leftOut);
        }
        if (!missing.isEmpty()) {
            answer.put("missing", missing);
        }
        if (!truncated.isEmpty()) {
            answer.put(Answer.TRUNCATED, truncated);
        }
        if (view.bodies() != BodyFormat.HTML) {
            answer.put(View.BODY_FORMAT.name(), view.bodies().word());
        }
        return answer;
    }

    private List<Map<String, Object>> newest(
            JsonDocument conversation, int most, View view, Map<String, Object> truncated) {
        Object whole = conversation.get(CONVERSATIONS);
        List<?> all = whole instanceof List<?> list ? list : List.of();
        if (whole != null && !(whole instanceof List) || !all.stream().allMatch(Map.class::isInstance)) {
            miss(CONVERSATIONS, "Something in it could not be read; what could be is there.");
        }
        List<Map<String, Object>> newest = new ArrayList<>();
        int room = most;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (!(all.get(i) instanceof Map<?, ?> sent)) {
                continue;
            }
            Map<String, Object> message = TicketShapes.MESSAGE.convert(sent, view);
            room -= view.size().of(message);
            if (room < 0) {
                // Counted, since a model must not take what it sees for all there is.
                truncated.put("oldest_messages_left_out", i + 1);
                break;
            }
            newest.add(0, message);
        }
        return newest;
    }
}
