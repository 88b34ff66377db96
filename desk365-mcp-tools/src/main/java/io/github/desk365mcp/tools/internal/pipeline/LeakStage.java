package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Leaks;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.Recipients;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a reply or a public note repeats an internal note, or what another customer wrote, that its session has
 * read. It compares words; a text that says the same in other words is not noticed. Thread-safe.
 */
public final class LeakStage implements Stage {

    private static final int MOST_SESSIONS = 1_000;
    private static final long MOST_CHARACTERS = 20_000_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);
    private static final String TICKET = TicketPage.NUMBER.name();
    private static final String TICKETS = "tickets";

    private final Clock clock;
    private final boolean refuses;

    /** The session that read longest ago comes first. Guarded by itself. */
    private final Map<List<String>, Session> sessions = new LinkedHashMap<>();

    private final LongAdder characters = new LongAdder();

    /** What one session has read, and when it is forgotten. */
    private record Session(ReadTexts texts, Instant end) {}

    public LeakStage(Clock clock, Leaks leaks) {
        this.clock = clock;
        this.refuses = leaks == Leaks.REFUSE;
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (!call.tool().verb().reads()) {
            List<ReadTexts.Finding> findings = findings(call, next);
            if (refuses && !findings.isEmpty()) {
                return refused(findings.get(0));
            }
            call.notes().repeats(findings.stream().map(LeakStage::shown).toList());
        }
        // What a call has created is its own text.
        if (call.tool().verb() == Tool.Verb.CREATES
                || !call.tool().tags().contains(TICKETS)
                || call.tool().own() != null) {
            return next.run(call);
        }
        Call numbered = numbered(call);
        Outcome outcome = next.run(numbered);
        if (!(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        remember(call, done.answer());
        return numbered.equals(call) ? done : new Outcome.Done(withoutNumbers(done.answer()), done.blocks());
    }

    /** Returns a call for the fields of several tickets as one that also shows which ticket each is. */
    private static Call numbered(Call call) {
        if (!(call.arguments().get(AnswerOptions.FIELDS) instanceof List<?> fields)
                || fields.isEmpty()
                || fields.contains(TICKET)
                || asked(call) != null) {
            return call;
        }
        List<Object> more = new ArrayList<>(fields);
        more.add(TICKET);
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
        arguments.put(AnswerOptions.FIELDS, more);
        return call.withArguments(arguments);
    }

    private static Map<String, Object> withoutNumbers(Map<String, Object> answer) {
        Map<String, Object> shown = new LinkedHashMap<>(answer);
        List<Map<?, ?>> tickets = new ArrayList<>();
        each(answer.get(TICKETS), ticket -> {
            Map<?, ?> fields = new LinkedHashMap<>(ticket);
            fields.remove(TICKET);
            tickets.add(fields);
        });
        shown.replace(TICKETS, tickets);
        return shown;
    }

    private List<ReadTexts.Finding> findings(Call call, Next next) {
        if (!(call.arguments().get(MessagePage.BODY.name()) instanceof String body)
                || !(call.arguments().get(TICKET) instanceof Number ticket)
                || !call.tool().canMail()
                || call.tool().reach(call).isEmpty()) {
            return List.of();
        }
        ReadTexts texts = texts(call, false);
        List<ReadTexts.Finding> found = repeated(texts, call, body, ticket.longValue());
        if (found.isEmpty() || texts.knows(ticket.longValue())) {
            return found;
        }
        // The customer may have written it in the ticket, which this session has not read. Only now is a read worth it.
        if (next.run(call.aside(Catalogue.get(TicketPage.GET), Map.of(TICKET, ticket))) instanceof Outcome.Done done) {
            texts.ticket(done.answer(), ticket.longValue());
        }
        return repeated(texts, call, body, ticket.longValue());
    }

    private static List<ReadTexts.Finding> repeated(ReadTexts texts, Call call, String body, long ticket) {
        Set<String> addresses = new HashSet<>();
        Recipients.of(call).values().forEach(addresses::addAll);
        return texts.repeated(body, ticket, addresses);
    }

    private void remember(Call call, Map<String, Object> answer) {
        Long asked = asked(call);
        ReadTexts texts = texts(call, true);
        each(answer.get(TICKETS), ticket -> texts.ticket(ticket, null));
        each(answer.get("listed"), ticket -> texts.ticket(ticket, null));
        each(answer.get("conversations"), message -> texts.message(message, asked));
        if (answer.get("ticket") instanceof Map<?, ?> ticket) {
            texts.ticket(ticket, asked);
        } else if (call.tool().name().equals(TicketPage.GET)
                || call.tool().name().equals(TicketPage.UPDATE)) {
            texts.ticket(answer, asked);
        }
    }

    private static @Nullable Long asked(Call call) {
        return call.arguments().get(TICKET) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    private static void each(@Nullable Object records, Consumer<Map<?, ?>> work) {
        if (records instanceof List<?> list) {
            list.forEach(record -> {
                if (record instanceof Map<?, ?> fields) {
                    work.accept(fields);
                }
            });
        }
    }

    /**
     * Returns what the session of a call has read.
     *
     * @param reads whether the call reads something, so that its session is remembered for longer
     */
    private ReadTexts texts(Call call, boolean reads) {
        List<String> key = LockStage.session(call);
        Instant now = clock.instant();
        synchronized (sessions) {
            Session known = reads ? sessions.remove(key) : sessions.get(key);
            boolean isKnown = known != null && now.isBefore(known.end());
            ReadTexts texts = known != null && isKnown ? known.texts() : new ReadTexts(characters);
            if (reads) {
                if (known != null && !isKnown) {
                    known.texts().forget();
                }
                sessions.put(key, new Session(texts, now.plus(FORGOTTEN_AFTER)));
                forgetOld(now);
            }
            return texts;
        }
    }

    private void forgetOld(Instant now) {
        Iterator<Session> oldest = sessions.values().iterator();
        while (sessions.size() > 1) {
            Session first = oldest.next();
            if (now.isBefore(first.end()) && sessions.size() <= MOST_SESSIONS && characters.sum() <= MOST_CHARACTERS) {
                return;
            }
            first.texts().forget();
            oldest.remove();
        }
    }

    private static Map<String, Object> shown(ReadTexts.Finding finding) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("text", finding.repeats());
        shown.put("read_in", finding.place());
        shown.put(Preview.ORIGINAL, finding.original());
        return shown;
    }

    private static Outcome refused(ReadTexts.Finding finding) {
        return new Outcome.Refused(
                ErrorCodes.LEAK,
                "Nothing was sent: \"" + finding.repeats() + "\" was read in " + finding.place()
                        + ", which is not for this customer. Write the message without it, or ask the user to send it in"
                        + " the Desk365 app.");
    }
}
