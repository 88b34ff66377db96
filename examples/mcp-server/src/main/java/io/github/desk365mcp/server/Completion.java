package io.github.desk365mcp.server;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Does something when an asynchronous request has ended, however it ends.
 *
 * @param work runs before the response is used again
 */
record Completion(Runnable work) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
        work.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
