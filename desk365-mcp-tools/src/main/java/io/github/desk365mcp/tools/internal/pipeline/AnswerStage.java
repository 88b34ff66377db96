package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.tools.internal.catalogue.AttachmentPage;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.AnswerSize;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.ListAnswer;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OwnAnswer;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordAnswer;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import io.github.desk365mcp.tools.internal.repair.ErrorHints;
import io.github.desk365mcp.tools.internal.text.Invisible;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Converts the service's response to the answer: fits it to the size limit and labels text written by outsiders. */
public final class AnswerStage implements Stage {

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

    private static final String HINT = "hint";

    private final AnswerSize size;
    private final boolean withCharts;

    public AnswerStage(AnswerSize size, boolean withCharts) {
        this.size = size;
        this.withCharts = withCharts;
    }

    @Override
    public Outcome run(Call call, Next next) {
        AnswerOptions options;
        try {
            options = AnswerOptions.of(call, size);
        } catch (RefusedException refused) {
            return refused.outcome();
        }
        Outcome outcome = next.run(call);
        return outcome instanceof Outcome.Received received ? converted(call, received.result(), options) : outcome;
    }

    private Outcome converted(Call call, Object result, AnswerOptions view) {
        try {
            Answer form = call.tool().answer();
            Map<String, Object> answer = Invisible.stripInMap(form.convert(result, view));
            // A record that was just created shows the caller's own text.
            if (call.names().isVisible(AttachmentPage.READ)) {
                call.notes().filesAreReadable();
                if (!(form instanceof OwnAnswer)) {
                    call.account().fileHosts().sawAnswer(answer);
                }
            }
            label(call, form.untrusted(answer), form.unknown(answer).keySet());
            if (call.tool().verb() == Tool.Verb.LISTS) {
                boolean isPastEnd = view.offset() > 0 && isEmpty(answer) && !hasMore(answer) && !isNoticed(answer);
                answer = withHint(answer, isPastEnd ? " The offset is past the end." : hint(call, answer));
            }
            return new Outcome.Done(answer, form.blocks(result, withCharts));
        } catch (Desk365Exception unreadable) {
            return Failures.explain(call, unreadable);
        } catch (RuntimeException | StackOverflowError fault) {
            if (call.tool().verb().reads()) {
                throw fault;
            }
            return Failures.fault(call, fault, Failures.unreadable("This server could not read the response."));
        }
    }

    /** A record that was just created shows the caller's own text, except where the writer is unknown. */
    private static void label(Call call, Map<String, String> untrusted, Set<String> unknown) {
        untrusted.forEach((path, writer) -> {
            call.notes().untrusted(path, writer);
            if (call.tool().verb() == Tool.Verb.CREATES && !unknown.contains(path)) {
                call.notes().written(path);
            }
        });
    }

    /** Also checks lists that are not empty: of two statuses, one may be misspelled. */
    private static String hint(Call call, Map<String, Object> answer) {
        String elsewhere = answer.containsKey(ListAnswer.NOT_IN_LIST) ? elsewhere(call) : "";
        if (!isFiltered(call)) {
            return elsewhere;
        }
        boolean isEmpty = isEmpty(answer) && !isNoticed(answer);
        return (isEmpty && isGuessed(call) ? call.names().inText(call.tool().whenEmpty()) : "")
                + new ErrorHints(call).nearFilters(isEmpty)
                + elsewhere;
    }

    /** Names a tool that shows one such record, with the fields that lists do not have. */
    private static String elsewhere(Call call) {
        return Catalogue.tools().stream()
                .filter(tool -> tool.verb() == Tool.Verb.GETS
                        && tool.answer() instanceof RecordAnswer one
                        && call.tool().answer() instanceof ListAnswer many
                        && one.shape() == many.shape()
                        && call.names().isVisible(tool.name()))
                .findFirst()
                .map(tool -> " For " + ListAnswer.NOT_IN_LIST + " use "
                        + call.names().of(tool.name()) + ".")
                .orElse("");
    }

    private static boolean isEmpty(Map<String, Object> answer) {
        return Integer.valueOf(0).equals(answer.get("returned"))
                || Long.valueOf(0).equals(answer.get("total"));
    }

    private static boolean hasMore(Map<String, Object> answer) {
        return answer.containsKey("next_offset");
    }

    /** Whether the answer says itself what became of its rows. */
    private static boolean isNoticed(Map<String, Object> answer) {
        return answer.containsKey(ListAnswer.NOTICE);
    }

    private static boolean isFiltered(Call call) {
        return call.arguments().keySet().stream().anyMatch(name -> !PAGING.contains(name));
    }

    /** Whether a filter has words that may be misspelled, unlike times and the names of fields. */
    private static boolean isGuessed(Call call) {
        return call.tool().params().stream()
                .anyMatch(param -> !PAGING.contains(param.name())
                        && call.arguments().containsKey(param.name())
                        && param.change() != Param.Change.CLEARS
                        && param.type() != Type.TIME
                        && param.type() != Type.FLAG);
    }

    /**
     * An empty list may mislead: the service does not reject an unknown value of a filter. So the hint comes before a
     * total of 0.
     */
    private static Map<String, Object> withHint(Map<String, Object> answer, String words) {
        if (words.isEmpty()) {
            return answer;
        }
        Map<String, Object> hinted = new LinkedHashMap<>();
        if (isEmpty(answer)) {
            hinted.put(HINT, words.strip());
        }
        hinted.putAll(answer);
        hinted.putIfAbsent(HINT, words.strip());
        return hinted;
    }
}
