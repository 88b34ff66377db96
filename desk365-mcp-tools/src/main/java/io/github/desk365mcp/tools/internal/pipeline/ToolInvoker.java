package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.InvalidArgumentException;
import io.github.desk365mcp.api.UploadProgress;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Progress;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.ReadFailedException;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.state.StateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The innermost stage: calls the service. */
public final class ToolInvoker implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        Desk365Client desk = call.account().desk();
        Cancellation ofCall = call.context().cancellation();
        if (ofCall == null) {
            return run(call, desk);
        }
        List<Cancellation.Registration> ends = new ArrayList<>();
        try {
            return run(call, desk.with(options -> options.cancellation(either(options.cancellation(), ofCall, ends))));
        } finally {
            ends.forEach(Cancellation.Registration::close);
        }
    }

    /** Is cancelled with each of the two, and cancels neither: both may be those of other calls too. */
    private static Cancellation either(
            @Nullable Cancellation ofClient, Cancellation ofCall, List<Cancellation.Registration> ends) {
        if (ofClient == null) {
            return ofCall;
        }
        Cancellation either = new Cancellation();
        ends.add(ofClient.onCancel(either::cancel));
        ends.add(ofCall.onCancel(either::cancel));
        return either;
    }

    private static UploadProgress both(@Nullable UploadProgress ofClient, Progress ofCall) {
        return (bytes, total) -> {
            if (ofClient != null) {
                ofClient.sent(bytes, total);
            }
            ofCall.reached(bytes, total);
        };
    }

    private static Outcome run(Call call, Desk365Client given) {
        Progress progress = call.context().progress();
        Desk365Client desk = given;
        if (progress != null && call.tool().own() == null) {
            desk = desk.with(options -> options.progress(both(options.progress(), progress)));
        }
        if (!call.tool().reach(call).isEmpty()) {
            call.notes().reachesCustomer();
        }
        try {
            desk = inTimeLeft(desk, call.turn().waited());
        } catch (RefusedException late) {
            call.notes().sentNothing();
            return late.outcome();
        }
        call.notes().begun(call.account().ledger().now());
        OwnRow own = call.tool().own();
        if (own != null) {
            return OwnToolInvoker.run(call, own, desk);
        }
        try {
            return new Outcome.Received(call.tool().handler().handle(desk, new Arguments(call)));
        } catch (RefusedException refused) {
            if (!call.tool().looksUp()) {
                // Handlers check arguments and files before they send anything.
                call.notes().sentNothing();
            }
            return refused.outcome();
        } catch (InvalidArgumentException refused) {
            // The client rejects invalid input, such as a filter without a value, before it sends anything.
            call.notes().sentNothing();
            return new Outcome.Refused(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + refused.getMessage() + ".");
        } catch (ReadFailedException unread) {
            return Failures.unread(call, unread.failure());
        } catch (Desk365Exception failure) {
            return Failures.explain(call, failure);
        } catch (StateException unreachable) {
            // Handlers use the state only before they write.
            throw unreachable;
        } catch (RuntimeException | StackOverflowError fault) {
            // The error may have occurred before or after the request was sent.
            if (call.tool().verb().reads()) {
                throw fault;
            }
            return Failures.fault(call, fault, Failures.unknown("This server had an internal error."));
        }
    }

    /** Subtracts the time that the call waited for its turn from the timeout of each of its requests. */
    static Desk365Client inTimeLeft(Desk365Client desk, Duration waited) {
        return waited.isZero()
                ? desk
                : desk.with(options -> {
                    Duration left = options.timeout().minus(waited);
                    // A request with very little time is likely to end with an unknown outcome.
                    if (left.compareTo(options.timeout().dividedBy(2)) < 0) {
                        throw new RefusedException(Outcome.BUSY.code(), Outcome.BUSY.message());
                    }
                    return options.timeout(left);
                });
    }
}
