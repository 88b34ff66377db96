package io.github.desk365mcp.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made: each method answers a copy with one thing changed.
 *
 * <pre>{@code
 * Desk365Client patient = desk.with(o -> o.timeout(ofSeconds(60)).retry(RetryPolicy.upTo(3)));
 * }</pre>
 *
 * <p>Immutable. {@link Desk365Client.Builder#options} and {@link Desk365Client#with} hand over the options to change.
 */
public final class RequestOptions {

    private static final Duration LONGEST = Duration.ofDays(365);

    static final RequestOptions DEFAULTS =
            new RequestOptions(Duration.ofSeconds(30), RetryPolicy.never(), null, AttachmentObject.AUTO, null);

    private final Duration timeout;
    private final RetryPolicy retry;
    private final @Nullable Cancellation cancellation;
    private final AttachmentObject attachmentObject;
    private final @Nullable UploadProgress progress;

    private RequestOptions(
            Duration timeout,
            RetryPolicy retry,
            @Nullable Cancellation cancellation,
            AttachmentObject attachmentObject,
            @Nullable UploadProgress progress) {
        this.timeout = timeout;
        this.retry = retry;
        this.cancellation = cancellation;
        this.attachmentObject = attachmentObject;
        this.progress = progress;
    }

    /**
     * The most that a call may take, waits between attempts included. Uploads and downloads may take longer while bytes
     * move: it is then the most until the first byte is sent, from the last byte that was sent to the end of the answer,
     * and for each 64 KiB of a download. Default 30 seconds.
     */
    public Duration timeout() {
        return timeout;
    }

    /** When a call is tried again. Default {@link RetryPolicy#never()}. */
    public RetryPolicy retry() {
        return retry;
    }

    /** What ends calls from another thread; null for none, which is the default. */
    public @Nullable Cancellation cancellation() {
        return cancellation;
    }

    /** Where the JSON object of an upload travels. Default {@link AttachmentObject#AUTO}. */
    public AttachmentObject attachmentObject() {
        return attachmentObject;
    }

    /** What is told how far uploads are; null for none, which is the default. */
    public @Nullable UploadProgress progress() {
        return progress;
    }

    /** The timeout, short enough to count with. */
    Duration limit() {
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    /**
     * The same options with this timeout.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public RequestOptions timeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive");
        }
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress);
    }

    /** The same options with this retry policy. */
    public RequestOptions retry(RetryPolicy retry) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress);
    }

    /** The same options with this cancellation; null for none. */
    public RequestOptions cancellation(@Nullable Cancellation cancellation) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress);
    }

    /** The same options with this way for the JSON object of an upload. */
    public RequestOptions attachmentObject(AttachmentObject attachmentObject) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress);
    }

    /**
     * The same options with this one told how far uploads are; null for none. What it throws
     * ends the call with a {@link TransportException}, as its cause.
     */
    public RequestOptions progress(@Nullable UploadProgress progress) {
        return new RequestOptions(timeout, retry, cancellation, attachmentObject, progress);
    }
}
