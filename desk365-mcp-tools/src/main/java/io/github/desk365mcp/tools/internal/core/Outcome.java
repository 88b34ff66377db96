package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.ErrorCodes;
import java.util.Map;

/** How a call ended, in words for the model. */
public sealed interface Outcome {

    /** There was no turn for the call. */
    Refused BUSY = new Refused(
            ErrorCodes.BUSY,
            "This server is busy, and nothing was sent. Make the same call again in a moment, and fewer at the same time.");

    /** Nobody waited for the call any more when its turn came. */
    Refused CANCELLED = new Refused(ErrorCodes.CANCELLED, "The call was cancelled before it began; nothing was sent.");

    /** It was done; this is the answer. */
    record Done(Map<String, Object> answer) implements Outcome {}

    /**
     * Nothing was done by this call, and that is no error: this is said instead.
     *
     * @param code for programs
     */
    record NotExecuted(String code, Map<String, Object> answer) implements Outcome {}

    /**
     * It was not done, or not surely.
     *
     * @param code for programs
     * @param message for the model: what was wrong, and what to do next
     */
    record Refused(String code, String message) implements Outcome {}
}
