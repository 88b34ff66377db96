package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.ApiException;
import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.InvalidArgumentException;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.api.TlsException;
import io.github.desk365mcp.api.TransportException;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.ReadFailedException;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.state.StateException;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change to several tickets: all are read, then those that differ are changed one after the other. When one ends with an
 * unknown outcome, the rest is not started. One instance handles one call, on one thread.
 */
final class TicketsUpdate {

    private static final System.Logger LOG = System.getLogger(TicketsUpdate.class.getName());

    private static final String TICKETS = "tickets";
    private static final String WHY = "why";
    private static final String SAID = "desk365_says";
    private static final String WAS = "was";
    private static final int LONGEST_MESSAGE = 200;

    /** Refusals that concern one ticket; after any other, the rest would be refused too. */
    private static final Set<Integer> OF_ONE = Set.of(400, 404, 409, 413, 422);

    private enum Result {
        CHANGED,
        UNCHANGED,
        FAILED,
        UNKNOWN,
        NOT_STARTED;

        String word() {
            return Ascii.lower(name());
        }
    }

    /**
     * What became of a ticket.
     *
     * @param was the previous values of changed fields, as far as the caller may see them
     * @param why empty if there is nothing to say
     * @param said the service's message; empty if there is none
     */
    private record Row(long number, Result result, Map<String, Object> was, String why, String said) {

        Map<String, Object> toMap() {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("ticket_number", number);
            row.put("result", result.word());
            if (!was.isEmpty()) {
                row.put(WAS, was);
            }
            if (!why.isEmpty()) {
                row.put(WHY, why);
            }
            if (!said.isEmpty()) {
                row.put(SAID, said);
            }
            return row;
        }
    }

    static final Answer ANSWER = new Answer() {
        @Override
        public Map<String, Object> schema() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("complete", Map.of("type", "boolean"));
            properties.put("summary", Map.of("type", "string"));
            properties.put("failed", Answer.array("integer"));
            properties.put(TICKETS, Answer.array("object"));
            properties.put("next", Map.of("type", "string"));
            properties.put("again_with", Answer.array("integer"));
            properties.put(TRUNCATED, Map.of("type", "object"));
            return Answer.schemaOf(properties);
        }

        @Override
        public Map<String, Object> convert(Object result, AnswerOptions view) {
            return ((TicketsUpdate) result).answer(view);
        }

        @Override
        public Map<String, String> untrusted(Map<String, Object> answer) {
            // The service's message may quote anybody's text.
            return answer.get(TICKETS) instanceof List<?> rows
                            && rows.stream()
                                    .anyMatch(row -> row instanceof Map<?, ?> fields && fields.containsKey(SAID))
                    ? Map.of(TICKETS + "[]." + SAID, Field.Writer.SYSTEM.word())
                    : Map.of();
        }
    };

    /** What a preview shows: a line for each ticket, what the tickets are about, and what the change costs. */
    static final Answer PREVIEW = new Answer() {
        @Override
        public Map<String, Object> schema() {
            return Answer.schemaOf(Map.of());
        }

        @Override
        @SuppressWarnings("unchecked") // Made by preview.
        public Map<String, Object> convert(Object result, AnswerOptions view) {
            return (Map<String, Object>) result;
        }
    };

    private final Arguments in;
    private final Set<Long> numbers;

    /** The tickets that no other call is changing. */
    private final Set<Long> own;

    private final boolean showsValues;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable String stopped;

    /** Whether a change has been sent, and its outcome is in {@link #rows}. */
    private boolean hasBegun;

    private TicketsUpdate(Arguments in) {
        this.in = in;
        this.numbers = new LinkedHashSet<>(in.need(TicketsUpdatePage.NUMBERS));
        this.own = new LinkedHashSet<>(numbers);
        this.showsValues = in.mayUse(TicketPage.GET);
    }

    static TicketsUpdate of(Desk365Client desk, Arguments in) {
        TicketsUpdate update = new TicketsUpdate(in);
        Set<Long> changing = in.call().account().changing();
        update.own.removeIf(number -> !changing.add(number));
        try {
            update.run(desk);
            return update;
        } finally {
            changing.removeAll(update.own);
        }
    }

    private void run(Desk365Client desk) {
        if (own.isEmpty()) {
            throw new RefusedException(
                    ErrorCodes.BUSY,
                    "Nothing was changed: another call is changing these tickets. Repeat this call when that one has"
                            + " ended; tickets that have the values by then are skipped.");
        }
        TicketsRead read;
        try {
            read = TicketsRead.newest(desk, in, own);
            in.call().notes().left();
            in.saw(desk);
            check(read);
            read.rest(desk, in);
            in.call().notes().left();
        } catch (Desk365Exception failure) {
            throw new ReadFailedException(failure);
        }
        check(read);
        write(desk, read);
        if (!isDone()) {
            in.call().notes().partly();
        }
    }

    /** Returns what a preview shows. */
    static Map<String, Object> preview(Desk365Client desk, Arguments in) {
        TicketsUpdate update = new TicketsUpdate(in);
        TicketsRead read = TicketsRead.newest(desk, in, update.numbers);
        read.rest(desk, in);
        List<String> lines = new ArrayList<>();
        List<String> subjects = new ArrayList<>();
        for (long number : update.numbers) {
            Ticket ticket = read.ticket(number);
            lines.add(number + ": " + update.line(read, number));
            if (ticket != null && ticket.toMap().get("subject") instanceof String subject) {
                subjects.add(number + " " + subject);
            }
        }
        int writes = update.writes(read);
        Integer left = in.call().account().ledger().left();
        Map<String, Object> preview = new LinkedHashMap<>();
        preview.put(TICKETS, String.join("\n", lines));
        preview.put("ticket_subject", String.join("\n", subjects));
        preview.put(
                "costs",
                "about " + PageWalk.count(read.calls() + writes, "call") + ": " + read.calls()
                        + " to read the tickets again, " + writes + " to change them"
                        + (left == null ? "" : "; the plan has " + left + " left"));
        return preview;
    }

    private String line(TicketsRead read, long number) {
        Ticket ticket = read.ticket(number);
        if (ticket == null) {
            return read.isMissing(number) ? "there is no such ticket" : "its values could not be read";
        }
        List<String> differences = differences(ticket, true);
        Map<String, Object> was = values(ticket, differences);
        return differences.isEmpty()
                ? "already has these values"
                : differences.stream()
                        .map(field -> field + " " + was.get(field) + " → "
                                + in.toMap().getOrDefault(field, TicketFilters.NONE))
                        .collect(Collectors.joining(", "));
    }

    /** Refuses the call before anything is changed if the plan has too few calls left. */
    private void check(TicketsRead read) {
        Integer left = in.call().account().ledger().left();
        int needed = read.left() + writes(read);
        if (left == null || needed <= left) {
            return;
        }
        long enough = Math.max(0, (long) numbers.size() * left / needed);
        throw new RefusedException(
                ErrorCodes.RATE_LIMITED,
                "Nothing was changed: this needs up to " + PageWalk.count(needed, "more call")
                        + " (" + (read.left() == 0 ? "" : read.left() + " to read tickets, ") + writes(read)
                        + " to change them), and the Desk365 plan has " + left + " left. "
                        + (enough == 0 ? "Wait" : "Pass " + enough + " or fewer ticket_numbers, or wait")
                        + ": plans have 50 calls a minute (Plus, Premium) or 100 an hour"
                        + " (Standard).");
    }

    /** How many tickets are to be changed; those that have not been read count too. */
    private int writes(TicketsRead read) {
        return (int) own.stream()
                .filter(number -> {
                    Ticket ticket = read.ticket(number);
                    return ticket == null
                            ? !read.isMissing(number)
                            : !differences(ticket, true).isEmpty();
                })
                .count();
    }

    /**
     * Returns the fields whose values are not as asked.
     *
     * @param orAbsent whether a field that the service did not return counts too
     */
    private List<String> differences(Ticket ticket, boolean orAbsent) {
        RecordDifferences.Shown shown = RecordDifferences.Shown.of(ticket, TicketShapes.TICKET);
        List<Param<?>> set = Stream.of(TicketsUpdatePage.CHANGES)
                .filter(param -> param.change() == Param.Change.SETS && in.has(param))
                .toList();
        List<String> differences = new ArrayList<>(RecordDifferences.between(in.toMap(), set, shown, Map.of()));
        List<String> cleared = in.cleared(TicketPage.CLEAR);
        cleared.stream()
                .filter(field -> shown.fields().get(field) != null
                        && !"".equals(shown.fields().get(field)))
                .forEach(differences::add);
        if (orAbsent) {
            Stream.concat(set.stream().map(Param::name), cleared.stream())
                    .filter(field -> !shown.names().contains(field))
                    .forEach(differences::add);
        }
        return differences;
    }

    private Map<String, Object> values(Ticket ticket, List<String> fields) {
        Map<String, Object> shown =
                RecordDifferences.Shown.of(ticket, TicketShapes.TICKET).fields();
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field ->
                values.put(field, "".equals(shown.getOrDefault(field, "")) ? TicketFilters.NONE : shown.get(field)));
        return values;
    }

    private void write(Desk365Client desk, TicketsRead read) {
        int writes = writes(read);
        int written = 0;
        for (long number : numbers) {
            Ticket before = read.ticket(number);
            List<String> differences = before == null ? List.of() : differences(before, true);
            if (!own.contains(number)) {
                add(number, Result.NOT_STARTED, "Another call is changing it.");
            } else if (before == null) {
                add(
                        number,
                        read.isMissing(number) ? Result.FAILED : Result.NOT_STARTED,
                        read.isMissing(number) ? "There is no such ticket." : "");
            } else if (differences.isEmpty()) {
                add(number, Result.UNCHANGED, "");
            } else if (isStopped()) {
                add(number, Result.NOT_STARTED, "");
            } else {
                write(desk, before, differences);
                hasBegun = true;
                written++;
                in.reached(written, writes);
            }
        }
    }

    private boolean isStopped() {
        if (stopped == null && in.context().isEnded()) {
            stopped = "the call was cancelled";
        } else if (stopped == null) {
            stopped = whyNoCall();
        }
        return stopped != null;
    }

    /** Takes a call of the plan; returns why there is none, or null. */
    private @Nullable String whyNoCall() {
        try {
            return in.spend(1) ? null : "the plan has no calls left";
        } catch (StateException unreachable) {
            // What was changed before must be told.
            return "this server cannot use its shared state";
        }
    }

    private void write(Desk365Client desk, Ticket before, List<String> differences) {
        long number = before.ticketNumber();
        try {
            Ticket after = desk.tickets().update(number, ticket -> TicketPage.fill(ticket, in));
            in.saw(desk);
            List<String> others = differences(after, false);
            if (others.isEmpty()) {
                rows.add(new Row(number, Result.CHANGED, showsValues ? values(before, differences) : Map.of(), "", ""));
            } else {
                add(
                        number,
                        Result.FAILED,
                        "Desk365 accepted it, but " + Text.list(others, "and") + " is not as asked.");
            }
        } catch (Desk365Exception failure) {
            if (isOwn(failure)) {
                throw failure;
            }
            failed(number, failure);
        } catch (RuntimeException fault) {
            if (numbers.size() == 1 || fault instanceof InvalidArgumentException) {
                throw fault;
            }
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0} failed: {1}",
                    TicketsUpdatePage.MANY,
                    fault.getClass().getName());
            add(number, Result.UNKNOWN, "");
            stopped = "this server had an internal error";
        }
    }

    /** Whether the failure is that of the whole call, because nothing has been changed and the rest would fail too. */
    private boolean isOwn(Desk365Exception failure) {
        boolean isOfOne =
                failure instanceof ApiException refused && (refused.status() == 404 || refused.status() == 409);
        return numbers.size() == 1 || !hasBegun && !isOfOne && !failure.mayHaveArrived();
    }

    private void failed(long number, Desk365Exception failure) {
        if (failure instanceof ApiException refused) {
            in.call().notes().refusedWith(refused.status());
        }
        if (failure.mayHaveArrived()) {
            add(number, Result.UNKNOWN, "");
            stopped = "whether ticket " + number + " was changed is unknown: " + reason(failure);
        } else if (failure instanceof ApiException refused && OF_ONE.contains(refused.status())) {
            String message = refused.serverMessage();
            rows.add(new Row(
                    number,
                    Result.FAILED,
                    Map.of(),
                    "Desk365 refused it (" + refused.status() + ").",
                    message == null ? "" : Text.cut(Invisible.stripName(message), LONGEST_MESSAGE)));
        } else {
            add(number, Result.NOT_STARTED, "");
            if (failure instanceof RateLimitedException limited) {
                in.limited(limited);
            }
            stopped = reason(failure);
        }
    }

    private static String reason(Desk365Exception failure) {
        if (failure instanceof CancelledException) {
            return "the call was cancelled";
        }
        if (failure instanceof RateLimitedException) {
            return "the rate limit of the plan is reached";
        }
        return failure instanceof ApiException refused
                ? "Desk365 answered with an error (" + refused.status() + ")"
                : failure.mayHaveArrived()
                        ? "the response is missing or unreadable"
                        : "Desk365 could not be reached" + forAdministrators(failure);
    }

    /** Says what a retry cannot mend. */
    private static String forAdministrators(Desk365Exception failure) {
        return failure instanceof TransportException broken
                        && (broken instanceof TlsException || broken.reason().startsWith("the proxy"))
                ? "; retrying does not help, an administrator must fix this: " + broken.reason()
                : "";
    }

    private void add(long number, Result result, String why) {
        rows.add(new Row(number, result, Map.of(), why, ""));
    }

    private boolean isDone() {
        return rows.stream().allMatch(row -> row.result() == Result.CHANGED || row.result() == Result.UNCHANGED);
    }

    private Map<String, Object> answer(AnswerOptions view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Long> rest = numbers(Result.UNKNOWN, Result.NOT_STARTED);
        List<Long> failed = numbers(Result.FAILED);
        // That some have failed does not mean that there is more to do.
        answer.put("complete", rest.isEmpty());
        answer.put("summary", summary());
        if (!failed.isEmpty()) {
            answer.put("failed", failed);
        }
        List<Map<String, Object>> shown = rows.stream().map(Row::toMap).toList();
        answer.put(TICKETS, shown);
        if (!rest.isEmpty()) {
            answer.put(
                    "next",
                    "Call again with the same change and again_with as ticket_numbers"
                            + (has(Result.UNKNOWN) ? ", in a minute" : "")
                            + ": each ticket is read first, and skipped if it has the values by then.");
            answer.put("again_with", rest);
        }
        if (view.size().of(answer) > view.size().tokens()) {
            shown.forEach(row -> row.remove(WAS));
            Answer.truncated(answer).put("fields_left_out", List.of(WAS));
        }
        return answer;
    }

    private List<Long> numbers(Result... results) {
        return rows.stream()
                .filter(row -> List.of(results).contains(row.result()))
                .map(Row::number)
                .toList();
    }

    private boolean has(Result result) {
        return rows.stream().anyMatch(row -> row.result() == result);
    }

    private String summary() {
        List<String> counts = new ArrayList<>();
        for (Result result : Result.values()) {
            long count = rows.stream().filter(row -> row.result() == result).count();
            if (count > 0) {
                counts.add(count + " " + result.word().replace('_', ' '));
            }
        }
        return "Of " + PageWalk.count(numbers.size(), "ticket") + ": " + String.join(", ", counts) + "."
                + (stopped == null ? "" : " It ended early because " + stopped + ".");
    }
}
