package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Confirmation;
import io.github.desk365mcp.tools.host.NotAnsweredException;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.Elicitation;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The client that calls, and how its user can be asked.
 *
 * @param capabilities what the client offers; null if unknown
 * @param session the session; null if there is none
 * @param asking what the host allows
 */
record McpClient(
        @Nullable ClientCapabilities capabilities, @Nullable String session, Asking asking) {

    private static final String AGREED = "agreed";

    /** Has one checkbox, so a client that accepts every form automatically has not approved yet. */
    static final Map<String, Object> FORM = Map.of(
            "type",
            "object",
            "properties",
            Map.of(AGREED, Map.of("type", "boolean", "title", "Do this")),
            "required",
            List.of(AGREED));

    /**
     * What the host allows.
     *
     * @param approvals how people are asked through elicitation; null if they are not
     * @param cards whether the results are for cards
     */
    record Asking(@Nullable McpApprovals approvals, boolean cards) {

        static final Asking NOBODY = new Asking(null, false);
    }

    /** Asks the client with a form. */
    interface Question {

        ElicitResult ask(ElicitFormRequest form, CallContext calling);
    }

    /** A client that says nothing of modes has forms: the first revision with elicitation had no other mode. */
    boolean asksWithForm() {
        Elicitation offer = capabilities == null ? null : capabilities.elicitation();
        McpApprovals approvals = asking.approvals();
        return approvals != null
                && approvals.hasForms()
                && offer != null
                && (offer.form() != null || offer.url() == null);
    }

    boolean asksByLink() {
        Elicitation offer = capabilities == null ? null : capabilities.elicitation();
        return asking.approvals() != null && offer != null && offer.url() != null && !asksWithForm();
    }

    boolean showsCards() {
        return asking.cards() && McpCards.areOffered(capabilities);
    }

    /** Returns the context with the ways to ask this client's user. */
    CallContext on(CallContext context, Question question) {
        CallContext asked = asksWithForm() ? context.confirmation(asking(question)) : context;
        return showsCards() ? asked.approvalCard() : asked;
    }

    /** Whether the user has approved, who is asked with {@link #FORM}. */
    static boolean isApproved(boolean isAccepted, @Nullable Map<String, Object> content) {
        return isAccepted && content != null && Boolean.TRUE.equals(content.get(AGREED));
    }

    private static Confirmation asking(Question question) {
        return (preview, context) -> {
            long asked = System.nanoTime();
            ElicitResult answer;
            try {
                answer = question.ask(ElicitFormRequest.builder(preview, FORM).build(), context);
            } catch (RuntimeException e) {
                // The SDK wraps the timeout.
                throw e.getCause() instanceof TimeoutException
                        ? new NotAnsweredException(Duration.ofNanos(System.nanoTime() - asked))
                        : e;
            }
            return isApproved(answer.action() == ElicitResult.Action.ACCEPT, answer.content());
        };
    }
}
