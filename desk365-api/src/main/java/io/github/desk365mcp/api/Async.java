package io.github.desk365mcp.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a call on an executor; completing the returned future ends the call. */
final class Async {

    private Async() {}

    static <T> CompletableFuture<T> run(
            Executor executor, Desk365Client desk, @Nullable Cancellation outer, Function<Desk365Client, T> call) {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<T> future = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean succeeded = new AtomicBoolean();
        Cancellation.Registration chained = outer == null
                ? () -> {}
                : outer.onCancel(() -> {
                    cancellation.cancel();
                    if (begun.compareAndSet(false, true)) {
                        // The executor may not get to the call for a long time.
                        future.completeExceptionally(
                                new CancelledException("cancelled; nothing was sent", false, null));
                    }
                });
        // The result is ignored on purpose.
        CompletableFuture<T> unused = future.whenComplete((result, failure) -> {
            chained.close();
            if (!succeeded.get()) {
                cancellation.cancel();
            }
        });
        try {
            executor.execute(() -> {
                if (future.isDone() || !begun.compareAndSet(false, true)) {
                    return;
                }
                try {
                    T value = call.apply(desk.with(o -> o.cancellation(cancellation)));
                    // The value may be a list, which sends requests when it is read.
                    succeeded.set(true);
                    future.complete(value);
                } catch (Throwable failure) {
                    future.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException refused) {
            chained.close();
            throw refused;
        }
        return future;
    }
}
