package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.catalogue.MessagePage;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.state.StateException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the ticket once its message is sent or added. Whatever becomes of the change, the message is not sent again: the
 * answer says what was done, and which call does the rest.
 */
final class ThenStage implements Stage {

    private static final String DONE = "done";
    private static final String WHY = "why";

    /** The path of the reason in an answer. */
    static final String REASON = Tool.THEN + "." + WHY;

    private static final String NEXT = "next";
    private static final String ARGUMENTS = "arguments";

    /** What was done and what was not, in the answer to a call that is half done. */
    static final String NOTICE = "notice";

    @Override
    public Outcome run(Call call, Next next) {
        Call change = call.notes().followUp();
        Outcome sent = next.run(call);
        if (change == null) {
            return sent;
        }
        if (sent instanceof Outcome.Refused refused) {
            return refused.isOpen()
                    ? new Outcome.Refused(
                            refused.code(),
                            refused.message() + " The change in then was not started.",
                            refused.advice())
                    : refused;
        }
        if (!(sent instanceof Outcome.Done done)) {
            return sent;
        }
        Outcome changed = changed(change, next);
        call.notes().followUpEnded(changed.code());
        Map<String, Object> answer = new LinkedHashMap<>();
        if (changed instanceof Outcome.Done ticket) {
            answer.putAll(done.answer());
            answer.put(Tool.THEN, done(change, ticket.answer()));
        } else {
            Outcome.Refused refused = (Outcome.Refused) changed;
            String what =
                    call.tool().param(MessagePage.PRIVATE.name()) == null ? "The reply was sent" : "The note was added";
            call.notes().partly();
            answer.put(
                    NOTICE,
                    what + "; do not repeat it. "
                            + (refused.isOpen()
                                    ? "Whether the ticket was changed is unknown; see then."
                                    : "The ticket was not changed; see then."));
            answer.putAll(done.answer());
            answer.put(Tool.THEN, refused.isOpen() ? unknown(change, refused) : refused(change, refused));
            if (!change.notes().quotes().isEmpty()) {
                call.notes().untrusted(REASON, Field.Writer.SYSTEM.word());
            }
        }
        return new Outcome.Done(answer, done.blocks());
    }

    private static Outcome changed(Call change, Next next) {
        try {
            return next.run(change);
        } catch (StateException unreachable) {
            return new Outcome.Refused(ErrorCodes.BUSY, "This server could not use its shared state.");
        } catch (RuntimeException | StackOverflowError fault) {
            // The message was sent, so the answer must say so.
            return Failures.fault(change, fault, Failures.unknown("This server had an internal error."));
        }
    }

    /** Returns the fields as the ticket has them now. */
    private static Map<String, Object> done(Call change, Map<String, Object> ticket) {
        Map<String, Object> done = new LinkedHashMap<>();
        done.put(DONE, true);
        change.arguments().forEach((name, value) -> {
            Param<?> param = change.tool().param(name);
            if (param != null && !name.equals(TicketPage.NUMBER.name()) && ticket.get(param.field()) != null) {
                done.put(param.field(), ticket.get(param.field()));
            }
        });
        return done;
    }

    /** Whether what an answer says of an earlier change is about this one too. */
    static boolean isOf(Call change, @Nullable Object then) {
        if (!(then instanceof Map<?, ?> earlier)) {
            return false;
        }
        if (Boolean.TRUE.equals(earlier.get(DONE))) {
            return isOf(change, earlier);
        }
        return earlier.get(ARGUMENTS) instanceof Map<?, ?> asked
                && asked.size() == change.arguments().size()
                && isOf(change, asked);
    }

    private static boolean isOf(Call change, Map<?, ?> fields) {
        return change.arguments().entrySet().stream()
                .allMatch(field -> field.getKey().equals(TicketPage.NUMBER.name())
                        || field.getValue().equals(fields.get(field.getKey())));
    }

    /** Returns what to say of a change that this call has not made. */
    static Map<String, Object> notDone(Call change, String why) {
        Map<String, Object> then = new LinkedHashMap<>();
        then.put(DONE, false);
        then.put(WHY, why);
        then.put(NEXT, "To make the change, call " + repeated(change) + ".");
        then.put(ARGUMENTS, change.arguments());
        return then;
    }

    private static Map<String, Object> refused(Call change, Outcome.Refused refused) {
        Map<String, Object> then = notDone(change, refused.message());
        if (refused.code().equals(ErrorCodes.REFUSED)) {
            then.put(NEXT, "Correct the value, and call " + repeated(change) + ".");
        }
        return then;
    }

    private static Map<String, Object> unknown(Call change, Outcome.Refused refused) {
        Map<String, Object> then = new LinkedHashMap<>();
        then.put(DONE, "unknown");
        then.put(WHY, refused.message());
        then.put(
                NEXT,
                (change.names().isVisible(TicketPage.GET)
                                ? "Read the ticket with " + change.names().of(TicketPage.GET)
                                        + "; if it is not changed, call "
                                : "Making the change twice does no harm: call ")
                        + repeated(change) + ".");
        then.put(ARGUMENTS, change.arguments());
        return then;
    }

    private static String repeated(Call change) {
        return change.names().of(change.tool().name()) + " with these " + ARGUMENTS;
    }

    /**
     * Returns the fields with their current and new values, for a preview.
     *
     * @param ticket the current values, as far as they are known
     */
    static Map<String, Object> shown(Call change, Map<String, Object> ticket) {
        Map<String, Object> shown = new LinkedHashMap<>();
        change.arguments().forEach((name, value) -> {
            if (!name.equals(TicketPage.NUMBER.name())) {
                Object now = ticket.get(name);
                shown.put(name, now == null || now.equals(value) ? value : now + " → " + value);
            }
        });
        return shown;
    }
}
