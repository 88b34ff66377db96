package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Uses up the permit of a call just before it is sent: of several calls with one approval token, or of several
 * processes with one create, only one gets through.
 */
public final class RedeemStage implements Stage {

    static final Outcome.Refused NOT_GOOD = new Outcome.Refused(
            ErrorCodes.APPROVAL_NOT_GOOD,
            "The approval_token was already used, has expired or is for another call; the arguments must be exactly"
                    + " those of the preview. Nothing was done. Call again without approval_token for a new preview.");

    @Override
    public Outcome run(Call call, Next next) {
        Call.Permit permit = call.permit();
        Outcome.Refused refused = permit == null ? null : permit.use();
        if (refused == null) {
            return next.run(call);
        }
        call.notes().sentNothing();
        return refused;
    }

    static Call withoutToken(Call call) {
        if (!call.arguments().containsKey(ApprovalTokens.ARGUMENT)) {
            return call;
        }
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
        arguments.remove(ApprovalTokens.ARGUMENT);
        return call.withArguments(arguments);
    }
}
