package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.state.StateException;

/**
 * Refuses a call if the shared state cannot be reached. The stages use the state before the service is called; what
 * they record after that, they record quietly.
 */
final class SharedStateStage implements Stage {

    private static final System.Logger LOG = System.getLogger(SharedStateStage.class.getName());

    private static final Outcome.Refused UNREACHABLE = new Outcome.Refused(
            ErrorCodes.BUSY,
            "Nothing was sent: this server cannot use its shared state. Repeat the same call in a minute; if it fails"
                    + " again, tell the user.");

    @Override
    public Outcome run(Call call, Next next) {
        try {
            return next.run(call);
        } catch (StateException e) {
            LOG.log(System.Logger.Level.WARNING, "The shared state cannot be used: {0}", e.getMessage());
            call.notes().sentNothing();
            return UNREACHABLE;
        }
    }
}
