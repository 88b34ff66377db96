package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.InvalidArgumentException;
import io.github.desk365mcp.api.InvalidResponseException;
import io.github.desk365mcp.tools.host.CallRefusedException;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.state.Records;
import java.util.Map;
import java.util.Objects;

/** Runs the handler of a host's own tool and, if it fails, says what may have been done. */
final class OwnToolInvoker {

    private final Call call;

    // Guarded by this: a handler may make requests in several threads.
    private int requests;
    private int writes;
    private boolean endsWithWrite;

    private OwnToolInvoker(Call call) {
        this.call = call;
    }

    static Outcome run(Call call, OwnRow own, Desk365Client desk) {
        return new OwnToolInvoker(call).run(own, desk);
    }

    private Outcome run(OwnRow own, Desk365Client desk) {
        try {
            Object result = own.tool()
                    .handler()
                    .handle(
                            desk.with(options -> options.onRequest(this::sends)),
                            OwnRow.arguments(call.arguments()),
                            call.context());
            return new Outcome.Received(Objects.requireNonNullElse(result, Map.of()));
        } catch (CallRefusedException refused) {
            return refused(refused);
        } catch (Desk365Exception | InvalidArgumentException failure) {
            return failed(failure);
        } catch (Exception | StackOverflowError fault) {
            return fault(fault);
        } finally {
            count();
        }
    }

    private synchronized void sends(String method) {
        requests++;
        endsWithWrite = !method.equals("GET");
        writes += endsWithWrite ? 1 : 0;
    }

    /** Counts the requests beyond those that were taken before, and gives all back if there was none. */
    private synchronized void count() {
        int more = requests - call.tool().reserved();
        if (requests == 0) {
            call.notes().sentNothing();
        } else if (more > 0) {
            // They were sent, so nothing can be refused any more.
            Records.quietly(() -> call.account().ledger().take(more));
            call.notes().cost(more);
        }
    }

    private synchronized Outcome refused(CallRefusedException refused) {
        String message = String.valueOf(refused.getMessage());
        return writes == 0 ? new Outcome.Refused(ErrorCodes.REFUSED, message) : Failures.partly(message);
    }

    private synchronized Outcome failed(RuntimeException failure) {
        if (requests > 1) {
            call.notes().left();
        }
        if (requests == 0 && failure instanceof InvalidResponseException) {
            // It is about the arguments or another document: a fault of the handler.
            return fault(failure);
        }
        if (writes == 0 && failure instanceof InvalidArgumentException refused) {
            return new Outcome.Refused(ErrorCodes.INVALID_ARGUMENTS, "Nothing was done. " + refused.getMessage() + ".");
        }
        if (failure instanceof Desk365Exception known && (writes == 0 || writes == 1 && endsWithWrite)) {
            return writes == 0 ? Failures.unread(call, known) : Failures.explain(call, known, false);
        }
        return Failures.unfinished(call, failure);
    }

    private synchronized Outcome fault(Throwable fault) {
        if (!call.tool().verb().reads() || writes > 0) {
            return Failures.fault(call, fault, Failures.partly("This server had an internal error."));
        }
        if (fault instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (fault instanceof RuntimeException own) {
            throw own;
        }
        if (fault instanceof StackOverflowError own) {
            throw own;
        }
        throw new IllegalStateException("The handler of " + call.tool().name() + " failed", fault);
    }
}
