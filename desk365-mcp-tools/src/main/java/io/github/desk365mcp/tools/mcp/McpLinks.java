package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.ToolResult;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Asks a user by elicitation in URL mode: the client opens the page where people decide, the call waits for the
 * decision, and then an equal call gets the outcome.
 */
final class McpLinks {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Set<State> OPEN = Set.of(State.WAITING, State.ACTING);
    private static final String CHANNEL = "client";

    private final BoundTools tools;
    private final McpClient client;
    private final Function<ElicitRequest, Mono<ElicitResult>> question;
    private final Mono<ToolResult> call;
    private final Supplier<CallContext> caller;

    private McpLinks(
            BoundTools tools,
            McpClient client,
            Function<ElicitRequest, Mono<ElicitResult>> question,
            Mono<ToolResult> call,
            Supplier<CallContext> caller) {
        this.tools = tools;
        this.client = client;
        this.question = question;
        this.call = call;
        this.caller = caller;
    }

    /**
     * Returns the call with the outcome of its pending call, if it has to wait for a person.
     *
     * @param question asks the client
     * @param call makes the call; equal calls get the same outcome
     * @param caller the context of the call; when it ends, nothing is waited for any more
     */
    static Mono<ToolResult> of(
            BoundTools tools,
            McpClient client,
            Function<ElicitRequest, Mono<ElicitResult>> question,
            Mono<ToolResult> call,
            Supplier<CallContext> caller) {
        McpLinks links = new McpLinks(tools, client, question, call, caller);
        return call.flatMap(links::ask);
    }

    static String message(PendingCall pending) {
        return pending.title() + ": this needs approval. The page shows what will be done; decide there.";
    }

    /** Runs in a thread that may wait. */
    static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<ToolResult> ask(ToolResult waits) {
        PendingCall pending = find(waits.pendingCall());
        McpApprovals approvals = Objects.requireNonNull(client.asking().approvals());
        String link = pending == null ? null : approvals.linkTo(pending);
        if (pending == null || link == null) {
            return Mono.just(waits);
        }
        // Not the identifier of the pending call: with that one, the client could decide.
        String elicitation = UUID.randomUUID().toString();
        ElicitUrlRequest request =
                ElicitUrlRequest.builder(message(pending), link, elicitation).build();
        Mono<Boolean> settled = Mono.delay(LOOK_EVERY)
                .then(look(pending.id()))
                .repeat()
                .filter(Boolean::booleanValue)
                .next();
        Mono<Boolean> notOpened = question.apply(request)
                .flatMap(answer -> switch (answer.action()) {
                    case ACCEPT -> Mono.<Boolean>never();
                    case DECLINE -> decline(pending);
                    case CANCEL -> Mono.just(false);
                })
                // A client that fails to ask leaves the call waiting.
                .onErrorReturn(false);
        return Mono.firstWithSignal(settled, notOpened, ended())
                .flatMap(decided -> decided
                        ? approvals.complete(client.session(), elicitation).then(call)
                        : Mono.just(waits));
    }

    private @Nullable PendingCall find(@Nullable String id) {
        return id == null ? null : tools.pendingCalls().find(id).orElse(null);
    }

    private Mono<Boolean> ended() {
        return Mono.create(sink -> sink.onDispose(caller.get().ends().stream()
                .map(end -> end.onCancel(() -> sink.success(false)))
                .map(registration -> (Disposable) registration::close)
                .collect(Collectors.collectingAndThen(Collectors.toList(), Disposables::composite))));
    }

    /** In a thread that may wait, but is not interrupted: that can close the file of a database. */
    private Mono<Boolean> look(String id) {
        return Mono.fromFuture(
                () -> CompletableFuture.supplyAsync(() -> isSettled(id), Schedulers.boundedElastic()::schedule));
    }

    /** A look that fails, for example because the shared state cannot be reached, says nothing: the next one is soon. */
    private boolean isSettled(String id) {
        try {
            PendingCall now = find(id);
            return now == null || !OPEN.contains(now.state());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Mono<Boolean> decline(PendingCall pending) {
        String by = Objects.requireNonNullElse(pending.caller(), "unknown");
        return blocking(() -> tools.pendingCalls().decline(pending.id(), by, CHANNEL, ""))
                .thenReturn(true);
    }
}
