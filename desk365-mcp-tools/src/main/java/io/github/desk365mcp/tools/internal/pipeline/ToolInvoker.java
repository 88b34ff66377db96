package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.InvalidArgumentException;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.ListAnswer;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.ErrorHints;
import io.github.desk365mcp.tools.internal.text.Invisible;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The innermost ring: calls the helpdesk, and puts what it says into the model's words. */
public final class ToolInvoker implements Stage.Next {

    private static final Set<String> PAGING = Set.of(
            "offset",
            "ticket_count",
            "time_entries_count",
            "order_by",
            "order_type",
            "sort_by",
            "max_items",
            "fields",
            "count_only",
            "body_format",
            "include_description",
            "include_custom_fields",
            "include_survey_details");

    private static final System.Logger LOG = System.getLogger(ToolInvoker.class.getName());

    private final AnswerSize size;

    public ToolInvoker(AnswerSize size) {
        this.size = size;
    }

    @Override
    public Outcome run(Call call) {
        Cancellation cancellation = call.context().cancellation();
        Progress progress = call.context().progress();
        Desk365Client desk = call.helpdesk().desk();
        if (cancellation != null) {
            desk = desk.with(options -> options.cancellation(cancellation));
        }
        if (progress != null) {
            desk = desk.with(options -> options.progress(progress::reached));
        }
        if (call.tool().mails(call)) {
            call.trace().mails();
        }
        try {
            desk = inTimeLeft(desk, call.turn().waited());
            AnswerOptions view = AnswerOptions.of(call, size);
            call.trace().begun(call.helpdesk().ledger().now());
            return answer(call, call.tool().handler().handle(desk, new Arguments(call)), view);
        } catch (RefusedException refused) {
            if (!call.tool().looksUp()) {
                // Handlers look at arguments and files before they send anything.
                call.trace().sentNothing();
            }
            return refused.outcome();
        } catch (InvalidArgumentException refused) {
            // The client refuses what makes no request, such as a filter without a value, before anything leaves.
            call.trace().sentNothing();
            return new Outcome.Refused("invalid_arguments", "Nothing was done. " + refused.getMessage() + ".");
        } catch (Desk365Exception failure) {
            return Failures.explain(call, failure);
        } catch (RuntimeException | StackOverflowError fault) {
            // Nobody knows whether it was before the request left or after.
            if (call.tool().verb().reads()) {
                throw fault;
            }
            return open(call, fault, Failures.unknown("This server has a fault."));
        }
    }

    private static Outcome answer(Call call, Object result, AnswerOptions view) {
        try {
            Answer form = call.tool().answer();
            Map<String, Object> answer = Invisible.stripInMap(form.convert(result, view));
            // What was just created says what the caller wrote.
            (call.tool().verb() == Tool.Verb.CREATES ? form.unknown(answer) : form.untrusted(answer))
                    .forEach(call.trace()::untrusted);
            if (call.tool().verb() == Tool.Verb.LISTS) {
                hint(
                        answer,
                        view.offset() > 0 && isEmpty(answer) ? " The offset is past the end." : hint(call, answer));
            }
            return new Outcome.Done(answer);
        } catch (Desk365Exception unreadable) {
            throw unreadable;
        } catch (RuntimeException | StackOverflowError fault) {
            if (call.tool().verb().reads()) {
                throw fault;
            }
            return open(call, fault, Failures.unreadable("This server failed to read the answer."));
        }
    }

    /** What the call has waited for its turn is taken off the time for each of its requests. */
    static Desk365Client inTimeLeft(Desk365Client desk, Duration waited) {
        return waited.isZero()
                ? desk
                : desk.with(options -> {
                    Duration left = options.timeout().minus(waited);
                    // A request with hardly any time would leave open what became of it.
                    if (left.compareTo(options.timeout().dividedBy(2)) < 0) {
                        throw new RefusedException(Outcome.BUSY.code(), Outcome.BUSY.message());
                    }
                    return options.timeout(left);
                });
    }

    private static Outcome.Refused open(Call call, Throwable fault, Outcome.Refused refused) {
        // Its message may be a customer's, or a host's secret.
        LOG.log(
                System.Logger.Level.ERROR,
                "{0} failed: {1} at {2}",
                call.tool().name(),
                fault.getClass().getName(),
                Arrays.stream(fault.getStackTrace())
                        .findFirst()
                        .map(String::valueOf)
                        .orElse("?"));
        return refused;
    }

    /** Also where something was found: of two statuses, one may be misspelled. */
    private static String hint(Call call, Map<String, Object> answer) {
        if (!isFiltered(call)) {
            return "";
        }
        String words = isEmpty(answer) && !answer.containsKey(ListAnswer.NOTICE)
                ? call.names().inText(call.tool().whenEmpty())
                : "";
        return words + new ErrorHints(call).nearFilters();
    }

    private static boolean isEmpty(Map<String, Object> answer) {
        return Integer.valueOf(0).equals(answer.get("returned"))
                || Long.valueOf(0).equals(answer.get("total"));
    }

    private static boolean isFiltered(Call call) {
        return call.arguments().keySet().stream().anyMatch(name -> !PAGING.contains(name));
    }

    /** An empty list is not always the truth: the service says nothing about a value that it does not know. */
    private static void hint(Map<String, Object> answer, String words) {
        if (!words.isEmpty()) {
            answer.put("hint", words.strip());
        }
    }
}
