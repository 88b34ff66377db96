package io.github.desk365mcp.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call on an executor, and a future that ends it. */
final class Async {

    private Async() {}

    static <T> CompletableFuture<T> run(
            Executor executor, Desk365Client desk, @Nullable Cancellation outer, Function<Desk365Client, T> call) {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<T> future = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        Cancellation.Registration chained = outer == null
                ? () -> {}
                : outer.onCancel(() -> {
                    cancellation.cancel();
                    if (begun.compareAndSet(false, true)) {
                        // The executor may be busy for long yet.
                        future.completeExceptionally(
                                new CancelledException("cancelled; nothing was sent", false, null));
                    }
                });
        // Not assigned: what happens to this stage interests nobody.
        CompletableFuture<T> unused = future.whenComplete((result, failure) -> {
            chained.close();
            cancellation.cancel();
        });
        try {
            executor.execute(() -> {
                if (future.isDone() || !begun.compareAndSet(false, true)) {
                    return;
                }
                try {
                    future.complete(call.apply(desk.with(o -> o.cancellation(cancellation))));
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
