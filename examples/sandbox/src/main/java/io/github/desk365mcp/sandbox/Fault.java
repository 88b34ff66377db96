package io.github.desk365mcp.sandbox;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong with one request. Hand it to {@link Desk365Sandbox#next(Fault)}. */
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
     * Nothing is done, and the caller gets this answer.
     *
     * @param headers added to a content type of {@code application/json}, which they may replace
     */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault(Kind.ANSWER, said(status, headers, body));
    }

    /**
     * The service acts, and the caller gets this answer in place of its own, as from a proxy that gave up.
     *
     * @param headers added to a content type of {@code application/json}, which they may replace
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

    /** The request arrives, nothing is done, and the connection breaks. */
    public static Fault dropBefore() {
        return new Fault(Kind.DROP_BEFORE, null);
    }

    /** The service acts, and the connection breaks before its answer. */
    public static Fault loseAnswer() {
        return new Fault(Kind.LOSE_ANSWER, null);
    }

    /** The service acts, and holds its answer until {@link #release()} is called or the sandbox is closed. */
    public static Fault stall() {
        return new Fault(Kind.STALL, null);
    }

    /** Lets a stalled answer go; has no effect on other faults. */
    public void release() {
        released.countDown();
    }

    /** Returns what the caller gets in place of the service's answer, or null for a broken connection. */
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

    /** Waits as long as the answer is to be held. Returns false if the sandbox was closed meanwhile. */
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
