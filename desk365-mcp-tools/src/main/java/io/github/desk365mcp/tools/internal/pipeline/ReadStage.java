package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;

/** Reads the arguments. It runs after admission, so a caller who may not call learns nothing about the arguments. */
public final class ReadStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        Call readable;
        try {
            readable = call.withArguments(call.given().read());
        } catch (RefusedException unreadable) {
            return unreadable.outcome();
        }
        return next.run(readable);
    }
}
