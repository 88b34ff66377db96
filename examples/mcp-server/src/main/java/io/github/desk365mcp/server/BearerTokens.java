package io.github.desk365mcp.server;

import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.server.oauth.AccessToken;
import io.github.desk365mcp.server.oauth.ProtectedResource;
import io.github.desk365mcp.server.oauth.RefusedTokenException;
import io.github.desk365mcp.server.oauth.TokenFault;
import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks the access tokens of HTTP requests, and tells clients where to get them. Logs at which step a client stopped.
 * Thread-safe.
 */
final class BearerTokens {

    private static final String VERIFIED = AccessToken.class.getName();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProtectedResource resource;
    private final @Nullable CallerAuthenticator others;
    private final Set<String> tools;
    private final byte[] metadata;
    private final OAuthLog log = new OAuthLog();

    /**
     * @param resource accepts the tokens
     * @param tools every tool that the policy allows
     * @param others accepts the tokens that are not access tokens; null if there are none
     */
    BearerTokens(ProtectedResource resource, Collection<ToolDefinition> tools, @Nullable CallerAuthenticator others) {
        this.resource = resource;
        this.others = others;
        this.tools = tools.stream().map(ToolDefinition::name).collect(Collectors.toUnmodifiableSet());
        this.metadata = JSON.writeValueAsBytes(resource.metadata());
    }

    /**
     * {@return an authenticator of the callers that this class has identified, and of those with other tokens}
     *
     * @param others accepts other tokens; null if there are none
     */
    static CallerAuthenticator authenticator(@Nullable CallerAuthenticator others) {
        // Only the gate sets a caller, from a verified token.
        return context -> context.caller() != null || others == null ? context.caller() : others.authenticate(context);
    }

    /** {@return what the token of a request says; null if it has no verified access token} */
    static @Nullable AccessToken verified(HttpServletRequest request) {
        return request.getAttribute(VERIFIED) instanceof AccessToken token ? token : null;
    }

    /** {@return the {@code WWW-Authenticate} header for a request without a token} */
    String challenge() {
        log.step("no_token");
        return resource.challenge();
    }

    /** Answers a request for the metadata; returns false for all others. */
    boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (!path.startsWith(ProtectedResource.WELL_KNOWN)) {
            return false;
        }
        if (!List.of(ProtectedResource.WELL_KNOWN, ProtectedResource.WELL_KNOWN + Gate.MCP, resource.metadataPath())
                .contains(path)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return true;
        }
        // Clients in web pages read it too; it has no secret.
        response.setHeader("Access-Control-Allow-Origin", "*");
        if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return true;
        }
        log.step("metadata");
        response.setContentType("application/json");
        response.setContentLength(metadata.length);
        response.getOutputStream().write(metadata);
        return true;
    }

    /** Verifies the token of a request. Returns false if the request may go on, else writes the response. */
    boolean refuses(HttpServletRequest request, HttpServletResponse response) {
        String token = Gate.token(request);
        if (token == null
                || others != null && others.authenticate(CallContext.none().credential(token)) != null) {
            return false;
        }
        AccessToken verified;
        try {
            verified = resource.check(token);
        } catch (RefusedTokenException e) {
            log.step("refused " + e.fault().code());
            if (e.fault() == TokenFault.KEYS_UNAVAILABLE) {
                // Not 401: the token may be good, and its client should neither discard it nor sign in again.
                new Refusal(
                                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                                "The token cannot be checked now. Send the same request again in a moment.")
                        .write(request, response);
            } else {
                response.setHeader("WWW-Authenticate", resource.challenge(e.fault()));
                new Refusal(HttpServletResponse.SC_UNAUTHORIZED, e.fault().sentence()).write(request, response);
            }
            return true;
        }
        if (verified.tools().isEmpty()) {
            refuse(resource.insufficientScope(), request, response);
            return true;
        }
        log.accepted(token);
        request.setAttribute(VERIFIED, verified);
        return false;
    }

    /** Checks whether a message calls a tool that the token does not allow. Returns false if not. */
    boolean refuses(JSONRPCMessage message, HttpServletRequest request, HttpServletResponse response) {
        AccessToken token = verified(request);
        if (token != null
                && message instanceof JSONRPCRequest call
                && call.method().equals(McpSchema.METHOD_TOOLS_CALL)
                && call.params() instanceof Map<?, ?> params
                && params.get("name") instanceof String tool
                && tools.contains(tool)
                && !token.allows(tool)) {
            refuse(resource.insufficientScope(token, tool), request, response);
            return true;
        }
        return false;
    }

    private void refuse(String challenge, HttpServletRequest request, HttpServletResponse response) {
        log.step("refused insufficient_scope");
        response.setHeader("WWW-Authenticate", challenge);
        new Refusal(HttpServletResponse.SC_FORBIDDEN, "The token needs another scope.").write(request, response);
    }

    /**
     * {@return approvers who are identified by the access token of a request, which a proxy that signs people in adds,
     * or by a token that they type}
     *
     * @param typed accepts the typed tokens; null if nobody has one
     */
    Approvers approvers(@Nullable Approvers typed) {
        return new Approvers() {

            @Override
            public @Nullable String byToken(String token) {
                return typed == null ? null : typed.byToken(token);
            }

            @Override
            public @Nullable String byRequest(HttpServletRequest request) {
                String token = Gate.token(request);
                if (token == null) {
                    return null;
                }
                try {
                    AccessToken verified = resource.check(token);
                    log.step(verified.isOfApprover() ? "approver accepted" : "approver refused scope");
                    return verified.isOfApprover() ? verified.caller() : null;
                } catch (RefusedTokenException e) {
                    log.step("approver refused " + e.fault().code());
                    return null;
                }
            }

            @Override
            public boolean haveTokens() {
                return typed != null;
            }
        };
    }
}
