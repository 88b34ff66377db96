package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.LostCall;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The right to make a create, which one of several equal calls has at a time. */
interface Claim {

    /** An earlier call for the same record without a response; null if there is none. */
    @Nullable
    LostCall before();

    /** Records that a search found nothing for the earlier call while its record could still appear. */
    void searched();

    /** Permits to send the call while the claim is held; null if nobody else can take it. */
    Call.@Nullable Permit permit();

    /**
     * Ends the claim of a call that got no response.
     *
     * @return false if there is no room to remember it
     */
    boolean lost(LostCall call);

    /** Ends the claim of a call that has an answer. */
    void made(Made answer);

    /** Ends the claim without a change: nothing was sent, or {@link #before} is still open. */
    void release();

    /**
     * The answer of a create.
     *
     * @param answer null if it is not kept
     * @param at when it arrived
     */
    record Made(@Nullable Map<String, Object> answer, CallNotes.Labels labels, Instant at) {}
}
