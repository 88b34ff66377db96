package io.github.desk365mcp.api;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options for calls. Each setter returns a copy with one option changed.
 *
 * <pre>{@code
 * Desk365Client patient = desk.with(o -> o.timeout(ofSeconds(60)).retry(RetryPolicy.upTo(3)));
 * }</pre>
 *
 * <p>Immutable. {@link Desk365Client.Builder#options} and {@link Desk365Client#with} pass the options to change to a
 * lambda.
 */
public final class RequestOptions {

    private static final Duration LONGEST = Duration.ofDays(365);

    static final RequestOptions DEFAULTS = new RequestOptions(
            Duration.ofSeconds(30), RetryPolicy.never(), null, AttachmentObject.AUTO, null, method -> {});

    private final Duration timeout;
    private final RetryPolicy retry;
    private final @Nullable Cancellation cancellation;
    private final AttachmentObject attachmentObject;
    private final @Nullable UploadProgress progress;
    private final Consumer<String> onRequest;

    private RequestOptions(
            Duration timeout,
            RetryPolicy retry,
            @Nullable Cancellation cancellation,
            AttachmentObject attachmentObject,
            @Nullable UploadProgress progress,
            Consumer<String> onRequest) {
        this.timeout = timeout;
        this.retry = retry;
        this.cancellation = cancellation;
        this.attachmentObject = attachmentObject;
        this.progress = progress;
        this.onRequest = onRequest;
    }

    /**
     * {@return the maximum duration of a call, including waits between attempts; 30 seconds by default} Uploads and
     * downloads may exceed it while bytes move. For them, it limits the time until the first byte is sent, the time
     * from the last byte sent to the end of the response, and the time for each 64 KiB of a download.
     */
    public Duration timeout() {
        return timeout;
    }

    /** {@return the retry policy, by default {@link RetryPolicy#never()}} */
    public RetryPolicy retry() {
        return retry;
    }

    /** {@return what can end calls from another thread, or null for nothing, the default} */
    public @Nullable Cancellation cancellation() {
        return cancellation;
    }

    /** {@return where the JSON object of an upload is sent, by default {@link AttachmentObject#AUTO}} */
    public AttachmentObject attachmentObject() {
        return attachmentObject;
    }

    /** {@return the listener for upload progress, or null for none, the default} */
    public @Nullable UploadProgress progress() {
        return progress;
    }

    /** Tells the listeners that a request is about to be sent. */
    void tellRequest(Operation.Method method) {
        onRequest.accept(method.name());
    }

    /** Returns the timeout, capped so that calculations cannot overflow. */
    Duration limit() {
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    /**
     * Returns a copy with another timeout.
     *
     * @param timeout must be positive
     * @return the new options
     * @throws IllegalArgumentException if the timeout is zero or negative
     */
    public RequestOptions timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive");
        }
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress, onRequest);
    }

    /**
     * Returns a copy with another retry policy.
     *
     * @param retry the retry policy
     * @return the new options
     */
    public RequestOptions retry(RetryPolicy retry) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress, onRequest);
    }

    /**
     * Returns a copy with another cancellation.
     *
     * @param cancellation can end calls from another thread; null for none
     * @return the new options
     */
    public RequestOptions cancellation(@Nullable Cancellation cancellation) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress, onRequest);
    }

    /**
     * Returns a copy with another place for the JSON object of an upload.
     *
     * @param attachmentObject where the JSON object is sent
     * @return the new options
     */
    public RequestOptions attachmentObject(AttachmentObject attachmentObject) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress, onRequest);
    }

    /**
     * Returns a copy with another listener for upload progress. If the listener throws, the call fails with a
     * {@link TransportException} whose cause is that exception.
     *
     * @param progress the listener, or null for none
     * @return the new options
     */
    public RequestOptions progress(@Nullable UploadProgress progress) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress, onRequest);
    }

    /**
     * Returns a copy with one more listener for requests, for code that must know what it has sent when a later request
     * fails. Listeners that were added before stay, and are called first. Each is called in the thread that makes the
     * call, just before each request to the service; a request that is retried counts each time. Downloads are not
     * reported. If a listener throws, the request is not sent. A request can also fail before it is sent, for example
     * because the call is cancelled: {@link Desk365Exception#mayHaveArrived()} tells.
     *
     * @param listener receives the HTTP method, such as {@code GET} or {@code PUT}
     * @return the new options
     */
    public RequestOptions onRequest(Consumer<String> listener) {
        return new RequestOptions(
                timeout, retry, cancellation, attachmentObject, progress, onRequest.andThen(listener));
    }
}
