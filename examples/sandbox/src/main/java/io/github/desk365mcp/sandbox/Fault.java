package io.github.desk365mcp.sandbox;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A fault in the handling of one request. Pass it to {@link Desk365Sandbox#next(Fault)}. */
public final class Fault {

    private enum Kind {
        ANSWER,
        REPLACE_ANSWER,
        DROP_BEFORE,
        LOSE_ANSWER,
        STALL
    }

    private final Kind kind;
    private final @Nullable Answer answer;
    private final CountDownLatch released = new CountDownLatch(1);

    private Fault(Kind kind, @Nullable Answer answer) {
        this.kind = kind;
        this.answer = answer;
    }

    /**
     * The service does nothing, and the caller gets this response.
     *
     * @param status the HTTP status
     * @param headers added to a content type of {@code application/json}, which they may replace
     * @param body the text of the response
     * @return the fault
     */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault(Kind.ANSWER, said(status, headers, body));
    }

    /**
     * The service carries out the request, but the caller gets this response instead, as from a proxy that gave up.
     *
     * @param status the HTTP status
     * @param headers added to a content type of {@code application/json}, which they may replace
     * @param body the text of the response
     * @return the fault
     */
    public static Fault replaceAnswer(int status, Map<String, String> headers, String body) {
        return new Fault(Kind.REPLACE_ANSWER, said(status, headers, body));
    }

    private static Answer said(int status, Map<String, String> headers, String body) {
        Answer answer = Answer.text(status, "application/json", body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** {@return a fault: the request arrives, the service does nothing, and the connection breaks} */
    public static Fault dropBefore() {
        return new Fault(Kind.DROP_BEFORE, null);
    }

    /** {@return a fault: the service carries out the request, and the connection breaks before the response} */
    public static Fault loseAnswer() {
        return new Fault(Kind.LOSE_ANSWER, null);
    }

    /**
     * The service carries out the request, and delays the response until {@link #release()} or the sandbox is closed.
     *
     * @return the fault
     */
    public static Fault stall() {
        return new Fault(Kind.STALL, null);
    }

    /** Sends a stalled response. Has no effect on other faults. */
    public void release() {
        released.countDown();
    }

    /** Returns the response to send instead of the service's, or null for a broken connection. */
    @Nullable
    Answer apply(Desk365Api api, Request request) {
        switch (kind) {
            case LOSE_ANSWER:
                api.answer(request);
                return null;
            case REPLACE_ANSWER:
                api.answer(request);
                return answer;
            case STALL:
                return api.answer(request);
            default:
                return answer;
        }
    }

    /** Waits until the response may be sent. Returns false if the sandbox was closed in the meantime. */
    boolean hold() {
        if (kind != Kind.STALL) {
            return true;
        }
        try {
            released.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
