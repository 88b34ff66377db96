package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.ErrorCodes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a call ended, in words for the model. */
public sealed interface Outcome {

    /** Codes of outcomes that leave open whether something was made. */
    Set<String> OPEN = Set.of(ErrorCodes.UNKNOWN_OUTCOME, ErrorCodes.UNREADABLE_ANSWER, ErrorCodes.UNAVAILABLE);

    /** There was no turn for the call. */
    Refused BUSY = new Refused(
            ErrorCodes.BUSY,
            "This server is busy, and nothing was sent. Make the same call again in a moment, and fewer at the same time.");

    /** Nobody waited for the call any more when its turn came. */
    Refused CANCELLED = new Refused(ErrorCodes.CANCELLED, "The call was cancelled before it began; nothing was sent.");

    /** For programs: {@code ok}, what was done instead, or why it was not done. */
    String code();

    /** The helpdesk did it, and this came; not yet the answer. */
    record Received(Object result) implements Outcome {

        @Override
        public String code() {
            return Codes.OK;
        }
    }

    /**
     * It was done; this is the answer.
     *
     * @param blocks content blocks beside the answer, such as an image, as MCP has them
     */
    record Done(Map<String, Object> answer, List<Map<String, Object>> blocks) implements Outcome {

        public Done(Map<String, Object> answer) {
            this(answer, List.of());
        }

        @Override
        public String code() {
            return Codes.OK;
        }
    }

    /**
     * Nothing was done by this call, and that is no error: this is said instead.
     *
     * @param code for programs
     */
    record NotExecuted(String code, Map<String, Object> answer) implements Outcome {}

    /**
     * It was not done, or not surely.
     *
     * @param code for programs
     * @param message for the model: what was wrong, and what to do next
     * @param advice what to do next where that depends on what this server remembers; most often empty
     */
    record Refused(String code, String message, String advice) implements Outcome {

        public Refused(String code, String message) {
            this(code, message, "");
        }

        /** The whole text for the model. */
        public String text() {
            return advice.isEmpty() ? message : message + " " + advice;
        }

        /** What to do next comes first, since this server knows more than the message. */
        public Refused advised(String first) {
            return new Refused(code, first + " " + message);
        }

        /** Whether it leaves open that something was made. */
        public boolean isOpen() {
            return OPEN.contains(code);
        }
    }
}
