package io.github.desk365mcp.server.oauth;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import java.util.Set;

/**
 * What a verified access token says. Immutable.
 *
 * @param caller identifies the subject among all callers: {@code oauth:} and the subject
 * @param scopes the known scopes that were granted, without the configured prefix
 * @param tools the names of the tools that the scopes allow
 * @param hasNoOther whether it has no scope for tools, not even for tools that the policy does not allow
 */
public record AccessToken(String caller, Set<String> scopes, Set<String> tools, boolean hasNoOther) {

    /** Copies the sets. */
    public AccessToken {
        scopes = Set.copyOf(scopes);
        tools = Set.copyOf(tools);
    }

    /** {@return whether the scopes allow a tool} */
    public boolean allows(String tool) {
        return tools.contains(tool);
    }

    /**
     * {@return whether the person may decide on pending calls} A token that also allows tools does not: a client has it,
     * so a model might approve its own calls with it.
     */
    public boolean isOfApprover() {
        return scopes.contains(Scopes.APPROVE) && hasNoOther;
    }

    /**
     * {@return a copy of the context with this caller and these tools}
     *
     * @throws IllegalStateException if the token allows no tool
     */
    public CallContext on(CallContext context) {
        if (tools.isEmpty()) {
            // A selection without names would select everything.
            throw new IllegalStateException("The token allows no tool");
        }
        return context.caller(caller).scope(Selection.everything().tools(tools.toArray(String[]::new)));
    }

    /** Without the caller, who may be a person. */
    @Override
    public String toString() {
        return "AccessToken" + scopes;
    }
}
