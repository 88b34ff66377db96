package io.github.desk365mcp.tools.mcp;

import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.host.PendingCall;
import io.modelcontextprotocol.spec.McpSchema.ElicitationCompleteNotification;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How {@link McpTools} asks people through the MCP client about calls that need
 * {@link io.github.desk365mcp.tools.host.Approval#CONFIRM}.
 *
 * <p>If the client offers elicitation in form mode, the user is asked with a form. If it offers URL mode only, and there
 * is a link, the client is given the link to open in the user's browser. The call waits, without a turn in the queue,
 * until somebody has decided on the page or the preview has expired; its result is the outcome. If the user declines to
 * open the link, the call is declined. If the client cancels the call meanwhile, the pending call still waits, and an
 * equal call gets its outcome.
 *
 * <p>Immutable.
 */
@SuppressWarnings("exports") // The SDK is optional, so the module cannot require it transitively.
public final class McpApprovals {

    private static final System.Logger LOG = System.getLogger(McpTools.class.getName());
    private static final Set<String> SCHEMES = Set.of("https", "http");

    private final Function<PendingCall, @Nullable String> link;
    private final BiFunction<String, ElicitationCompleteNotification, Mono<Void>> completion;
    private final boolean hasForms;

    private McpApprovals(
            Function<PendingCall, @Nullable String> link,
            BiFunction<String, ElicitationCompleteNotification, Mono<Void>> completion,
            boolean hasForms) {
        this.link = link;
        this.completion = completion;
        this.hasForms = hasForms;
    }

    /**
     * {@return approvals by elicitation, with the policy's
     * {@linkplain io.github.desk365mcp.tools.host.Policy#approvalPlace(String) place} as the link if it is an http or
     * https address}
     *
     * @param tools the bound tools
     */
    public static McpApprovals elicitation(BoundTools tools) {
        String place = address(tools.approvalPlace());
        return new McpApprovals(call -> place, (session, notification) -> Mono.empty(), true);
    }

    private static @Nullable String address(@Nullable String place) {
        try {
            String scheme = place == null ? null : new URI(place).getScheme();
            return scheme != null && SCHEMES.contains(scheme) ? place : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * Sets the link for each pending call, for a page with an entry of its own for each. The client gets the link, so it
     * must not be enough to decide, unless you trust the client to show it to nobody but its user.
     *
     * @param newLink returns an http or https address; null if there is none, so that the call waits without being asked
     *     about
     * @return a copy with this link
     */
    public McpApprovals link(Function<PendingCall, @Nullable String> newLink) {
        return new McpApprovals(newLink, completion, hasForms);
    }

    /**
     * Sets what tells a client that the interaction behind its link has ended, so that the client can close its prompt.
     *
     * @param newCompletion sends the notification to the session, usually
     *     {@code McpAsyncServer.sendElicitationComplete}; errors are ignored
     * @return a copy with this completion
     */
    public McpApprovals completion(BiFunction<String, ElicitationCompleteNotification, Mono<Void>> newCompletion) {
        return new McpApprovals(link, newCompletion, hasForms);
    }

    /**
     * {@return a copy that never asks in form mode} A form is answered by the client, so a program that plays a client
     * can approve its own calls. Use this if only people who sign in on a page may approve.
     */
    public McpApprovals withoutForms() {
        return new McpApprovals(link, completion, false);
    }

    boolean hasForms() {
        return hasForms;
    }

    /** Returns null if there is no link; the call then waits without being asked about. */
    @Nullable
    String linkTo(PendingCall call) {
        try {
            return link.apply(call);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The link of a pending call threw {0}",
                    e.getClass().getName());
            return null;
        }
    }

    Mono<Void> complete(@Nullable String session, String elicitation) {
        return session == null
                ? Mono.empty()
                : Mono.defer(() -> completion.apply(session, new ElicitationCompleteNotification(elicitation)))
                        .onErrorComplete();
    }
}
