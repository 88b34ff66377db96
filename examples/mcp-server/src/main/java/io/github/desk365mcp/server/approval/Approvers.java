package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The people who may decide on pending calls, and how they prove who they are.
 *
 * <p>Nothing that a model or a caller of the tools knows may be accepted: a model can open every address that it is
 * told, and may know its caller's token. Implementations must be thread-safe.
 */
public interface Approvers {

    /**
     * Identifies an approver who signs in with a token.
     *
     * @param token what the person typed
     * @return the person's name, for the audit and for other approvers; null to refuse
     */
    @Nullable
    String byToken(String token);

    /**
     * Identifies an approver without a token, for example by the user that an identity provider has signed in. It is
     * asked for every request, also when a decision is submitted: a session that started with a name ends when this
     * method no longer returns the same name, and after 12 hours at most. The default knows nobody.
     *
     * @param request the request
     * @return the person's name; null if the request does not show who it is
     */
    @Nullable
    default String byRequest(HttpServletRequest request) {
        return null;
    }

    /**
     * {@return whether {@link #byRequest} knows a person only once, such as by a link that is then used up} Then a session
     * is not checked again. The default is false.
     */
    default boolean isOnce() {
        return false;
    }

    /** {@return whether the page asks for a token} The default is true. */
    default boolean haveTokens() {
        return true;
    }

    /**
     * Returns approvers with fixed tokens, of which only hashes are kept. The comparison takes the same time for every
     * token.
     *
     * @param namesByHash the name of each approver, by the {@link CallerAuthenticator#hash} of the token
     * @return the approvers
     * @throws IllegalArgumentException if a hash is malformed, is the hash of a blank token, or occurs twice
     */
    static Approvers tokens(Map<String, String> namesByHash) {
        CallerAuthenticator known = CallerAuthenticator.tokens(namesByHash);
        return token -> known.authenticate(CallContext.none().credential(token));
    }
}
