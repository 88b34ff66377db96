package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a call ended, with words for the model. */
public sealed interface Outcome {

    /** Codes that leave open whether something was created or changed. */
    Set<String> OPEN = Set.of(ErrorCodes.UNKNOWN_OUTCOME, ErrorCodes.UNREADABLE_ANSWER, ErrorCodes.UNAVAILABLE);

    /** The call got no turn in the queue. */
    Refused BUSY = new Refused(
            ErrorCodes.BUSY,
            "Nothing was sent: this server is busy. Repeat the same call in a moment, and make fewer calls at once.");

    /** The call was cancelled or abandoned before its turn. */
    Refused CANCELLED = new Refused(ErrorCodes.CANCELLED, "The call was cancelled before it began; nothing was sent.");

    /** The outcome's code: {@code ok}, what was done instead, or the reason for a refusal. */
    String code();

    /** The service has responded; the response is not yet converted to an answer. */
    record Received(Object result) implements Outcome {

        @Override
        public String code() {
            return Outcomes.OK;
        }
    }

    /**
     * The call was carried out, with this answer.
     *
     * @param blocks additional content blocks in MCP's format, such as an image
     */
    record Done(Map<String, Object> answer, List<Map<String, Object>> blocks) implements Outcome {

        public Done(Map<String, Object> answer) {
            this(answer, List.of());
        }

        @Override
        public String code() {
            return Outcomes.OK;
        }
    }

    /**
     * This call did nothing, which is not an error; the answer says what it returned instead.
     *
     * @param code one of {@link Outcomes}
     */
    record NotExecuted(String code, Map<String, Object> answer) implements Outcome {}

    /**
     * The call was not carried out, or it is unknown whether it was.
     *
     * @param code one of {@link ErrorCodes}, or of {@link Outcomes}
     * @param message for the model: what was wrong, and what to do next
     * @param advice what to do next if that depends on what this server remembers; usually empty
     */
    record Refused(String code, String message, String advice) implements Outcome {

        public Refused(String code, String message) {
            this(code, message, "");
        }

        /** The whole text for the model. */
        public String text() {
            return advice.isEmpty() ? message : message + " " + advice;
        }

        /** Puts advice before the message, since it is based on more knowledge. */
        public Refused advised(String first) {
            return new Refused(code, first + " " + message);
        }

        /** Whether it is unknown if something was created or changed. */
        public boolean isOpen() {
            return OPEN.contains(code);
        }
    }
}
