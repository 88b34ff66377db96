package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import java.util.Map;
import java.util.Set;

/** The innermost ring: calls the helpdesk, and puts what it says into the model's words. */
final class InvokeStage implements Stage.Next {

    private static final Set<String> PAGING = Set.of(
            "offset", "ticket_count", "order_by", "order_type", "max_items", "fields", "count_only", "body_format");

    private final AnswerSize size;

    InvokeStage(AnswerSize size) {
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
            View view = View.of(call, size);
            Object result = handle(call, desk);
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
        } catch (RefusedException refused) {
            // Handlers look at arguments and files before they send anything.
            call.trace().sentNothing();
            return refused.outcome();
        } catch (Desk365Exception failure) {
            return Failures.explain(call, failure);
        }
    }

    private static Object handle(Call call, Desk365Client desk) {
        try {
            return call.tool().handler().handle(desk, new Arguments(call));
        } catch (IllegalArgumentException e) {
            // The client refuses what makes no request, such as a filter without a value, before anything leaves.
            throw new RefusedException("invalid_arguments", "Nothing was done. " + e.getMessage() + ".");
        }
    }

    /** Also where something was found: of two statuses, one may be misspelled. */
    private static String hint(Call call, Map<String, Object> answer) {
        if (!isFiltered(call)) {
            return "";
        }
        String words = isEmpty(answer) ? call.names().inText(call.tool().whenEmpty()) : "";
        return words + new Clues(call).nearFilters();
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
