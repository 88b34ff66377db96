package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Confirmation;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person between two equal calls, as MCP's multi round-trip requests do: the first call returns the question,
 * the second one brings the answer. Each call has its own.
 */
public final class RoundTrip implements Confirmation {

    private final @Nullable Answer answer;
    private volatile @Nullable Question question;

    /** The preview to show, and the token of the question. */
    public record Question(String preview, String token) {

        @Override
        public String toString() {
            return "Question";
        }
    }

    /** What the person answered to the question with this token. */
    public record Answer(String token, boolean agrees) {

        @Override
        public String toString() {
            return "Answer[" + agrees + "]";
        }
    }

    private RoundTrip(@Nullable Answer answer) {
        this.answer = answer;
    }

    /** Returns the round trip of a first call. */
    public static RoundTrip first() {
        return new RoundTrip(null);
    }

    /** Returns the round trip of a second call. */
    public static RoundTrip second(Answer answer) {
        return new RoundTrip(answer);
    }

    /** Returns null in a first call. */
    public @Nullable Answer answer() {
        return answer;
    }

    /** Returns null if nobody has to be asked. */
    public @Nullable Question question() {
        return question;
    }

    public void ask(Question about) {
        question = about;
    }

    /** Nobody can be asked while a call runs. */
    @Override
    public boolean agrees(String preview, CallContext context) {
        throw new IllegalStateException("The person is asked between two calls");
    }
}
