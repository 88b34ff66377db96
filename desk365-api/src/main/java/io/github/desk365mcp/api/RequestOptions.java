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
 * @param timeout the most that a call may take, waits between attempts included. Uploads and downloads may take longer
 *     while bytes move: it is then the most until the first byte is sent, from the last byte that was sent to the end of
 *     the answer, and for each 64 KiB of a download. Default 30 seconds
 * @param retry when a call is tried again. Default {@link RetryPolicy#never()}
 * @param cancellation ends calls from another thread. Default none
 * @param attachmentObject where the JSON object of an upload travels. Default {@link AttachmentObject#AUTO}
 * @param progress told how far uploads are. Default none
 */
public record RequestOptions(
        Duration timeout,
        RetryPolicy retry,
        @Nullable Cancellation cancellation,
        AttachmentObject attachmentObject,
        @Nullable UploadProgress progress) {

    private static final Duration LONGEST = Duration.ofDays(365);

    static final RequestOptions DEFAULTS =
            new RequestOptions(Duration.ofSeconds(30), RetryPolicy.never(), null, AttachmentObject.AUTO, null);

    /** Checks the timeout. */
    public RequestOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive");
        }
    }

    /** The timeout, short enough to count with. */
    Duration limit() {
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    /** The same options with this timeout. */
    public RequestOptions timeout(Duration timeout) {
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
