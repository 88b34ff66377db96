package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.KeptRecord;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Replaces passages in the stored body of a record, and says what an update has changed. */
final class ChangeStage implements Stage {

    private static final Outcome.Refused CHANGED = new Outcome.Refused(
            ErrorCodes.RECORD_CHANGED,
            "The text has changed since the preview. Nothing was changed. Call again without approval_token for a new"
                    + " preview.");

    /** What an update has changed, in its answer. */
    private static final String CHANGES = "changed";

    @Override
    public Outcome run(Call call, Next next) {
        Tool tool = call.tool();
        if (tool.verb() != Tool.Verb.UPDATES || tool.reader() == null) {
            return next.run(call);
        }
        Param<?> argument = PassageEdits.argument(call);
        return argument == null ? next.run(call) : edited(call, argument, next);
    }

    private static Outcome edited(Call call, Param<?> argument, Next next) {
        PassageEdits edits;
        try {
            edits = PassageEdits.of(call, argument, RecordBefore.of(call, next));
        } catch (RefusedException refused) {
            return refused.outcome();
        }
        Object shown = call.notes().previewed().get(PassageEdits.VERSION);
        if (shown != null && !shown.equals(edits.version())) {
            return CHANGED;
        }
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
        arguments.remove(argument.name());
        arguments.put(edits.field(), edits.body());
        call.notes().edited();
        // The model need not read the whole text again.
        Outcome outcome = next.run(call.withArguments(arguments)
                .answering(new KeptRecord(call.tool().answer(), Set.of(edits.field()))));
        if (!(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(CHANGES, Map.of(edits.field(), edits.changes()));
        answer.putAll(done.answer());
        return new Outcome.Done(answer, done.blocks());
    }
}
