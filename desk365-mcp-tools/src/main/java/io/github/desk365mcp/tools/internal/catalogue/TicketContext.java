package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Untrusted;
import io.github.desk365mcp.tools.internal.text.BodyFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ticket with its conversation, contact and company, read by up to four calls.
 *
 * <p>If the ticket cannot be read, the call fails; if any other part is missing, the answer says why. One instance
 * handles one call, on one thread.
 */
public final class TicketContext {

    static final Answer ANSWER = new Answer() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("ticket", Map.of("type", "object"));
            properties.put("conversations", Answer.array("object"));
            properties.put("contact", Map.of("type", "object"));
            properties.put("company", Map.of("type", "object"));
            properties.put("missing", Answer.array("object"));
            properties.put(NOW, Map.of("type", "string"));
            properties.put(TRUNCATED, Map.of("type", "object"));
            return Answer.schemaOf(properties);
        }

        @Override
        public List<Param<?>> takes() {
            return List.of(AnswerOptions.BODY_FORMAT);
        }

        @Override
        public Map<String, Object> convert(Object result, AnswerOptions view) {
            return ((TicketContext) result).answer(view);
        }

        @Override
        public Map<String, String> untrusted(Map<String, Object> answer) {
            Map<String, String> untrusted = new LinkedHashMap<>();
            TicketContextTrimmer.SHAPES.forEach((part, shape) -> {
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

    static final int CALLS = 4;

    /** The time of the answer, so that a model can say how old a message is. */
    private static final String NOW = "now";

    private static final String USED_UP = "The rate limit of the plan is reached.";

    private static final String CONVERSATIONS = TicketContextTrimmer.CONVERSATIONS;

    private final long number;
    private final Names names;
    private final Instant now;
    private final Map<String, JsonDocument> parts = new LinkedHashMap<>();
    private final List<Object> missing = new ArrayList<>();
    private @Nullable String subject;
    private boolean limited;
    private int looked;

    private TicketContext(long number, Names names, Instant now) {
        this.number = number;
        this.names = names;
        this.now = now;
    }

    static TicketContext of(Desk365Client desk, Arguments in, long number) {
        TicketContext context = new TicketContext(
                number, in.call().names(), in.call().account().ledger().now());
        context.gather(desk, in);
        return context;
    }

    private void gather(Desk365Client desk, Arguments in) {
        // Always needed, since it names the contact.
        Ticket ticket = desk.tickets().get(number);
        in.call().notes().left();
        subject = ticket.get("subject") instanceof String text ? text : null;
        if (allowed(in, "ticket")) {
            parts.put("ticket", ticket);
        }
        step(in);
        if (allowed(in, "conversations")) {
            JsonDocument conversation =
                    read(in, "conversations", () -> desk.tickets().conversation(number));
            if (conversation != null) {
                parts.put(CONVERSATIONS, conversation);
            }
        }
        step(in);
        JsonDocument contact = null;
        if (allowed(in, "contact")) {
            contact = named(in, "contact", ticket::contactEmail, desk.contacts()::get);
            if (contact != null) {
                parts.put("contact", contact);
            }
        }
        step(in);
        if (allowed(in, "company")) {
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
        step(in);
    }

    /** Reports progress after each part, whether it was read or not. */
    private void step(Arguments in) {
        looked++;
        in.reached(looked, CALLS);
    }

    private boolean allowed(Arguments in, String part) {
        boolean allowed = in.mayUse(TicketContextTrimmer.TOOLS.getOrDefault(part, part));
        if (!allowed) {
            miss(part, "The caller does not have the tool for it.");
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
        if (limited || !in.spend(1)) {
            limited = true;
            miss(part, USED_UP);
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
            return USED_UP;
        }
        return failure instanceof ApiException refused
                ? "Desk365 refused it (" + refused.status() + ")."
                : "Desk365 did not respond, or the response was unreadable.";
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

    private Map<String, Object> answer(AnswerOptions view) {
        JsonDocument conversation = parts.get(CONVERSATIONS);
        Object messages = conversation == null ? null : conversation.get(CONVERSATIONS);
        boolean isReadable = messages == null
                || messages instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
        if (!isReadable) {
            miss(CONVERSATIONS, "Some messages could not be read; the others are included.");
        }
        Map<String, Object> answer = new TicketContextTrimmer(number, names, view.ofTicket(subject)).answer(parts);
        if (!missing.isEmpty()) {
            answer.put("missing", missing);
        }
        if (view.bodies() != BodyFormat.HTML) {
            answer.put(AnswerOptions.BODY_FORMAT.name(), view.bodies().word());
        }
        answer.put(NOW, now.truncatedTo(ChronoUnit.SECONDS).toString());
        return answer;
    }
}
