package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OutsideMarks;
import io.github.desk365mcp.tools.internal.core.Stage;

/** Removes the marks of text from outside from arguments: a model may copy them, but they must not be sent. */
public final class UnmarkStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        return next.run(call.withArguments(OutsideMarks.removed(call.arguments(), call.notes())));
    }
}
