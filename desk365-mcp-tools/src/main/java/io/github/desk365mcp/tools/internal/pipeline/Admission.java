package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.CallerAuthenticator;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides who may see and call which tools. Listing and calling both use it. */
public final class Admission {

    private final Policy policy;
    private final Approvals approvals;
    private final KnownTools known;
    private final Visible ceiling;

    public Admission(Policy policy) {
        this.policy = policy;
        this.approvals = policy.approvals();
        this.known = KnownTools.of(policy);
        ApprovalDecision.check(approvals, known.fullNames());
        List<Tool> selected = new ToolSelector(policy.selection())
                .of(known.tools()).stream()
                        .filter(tool -> !ApprovalDecision.denies(approvals, tool))
                        .map(AttachmentForms.of(policy)::on)
                        .map(tool -> ApprovalTokens.on(tool, approvals))
                        .toList();
        List<Tool> allowed = policy.allowsRestricted()
                ? selected
                : selected.stream().filter(tool -> !tool.restricted()).toList();
        this.ceiling =
                new Visible(new ToolAdjuster(policy.everyToolSettings(), policy.toolSettings(), known).on(allowed));
        if (ceiling.tools().isEmpty()) {
            throw new IllegalArgumentException("No tool is left: every selected tool is restricted or denied");
        }
    }

    /** Returns all tools that exist under the policy, allowed or not. */
    public KnownTools known() {
        return known;
    }

    /** Returns the tools that the policy allows; a caller's scope can only narrow them. */
    public Visible ceiling() {
        return ceiling;
    }

    /** Returns the approval settings of the policy. */
    public Approvals approvals() {
        return approvals;
    }

    /** Returns whether the policy or the grant of the call has ended. */
    public boolean hasEnded(CallContext context) {
        ToolGrant grant = context.grant();
        return policy.hasEnded()
                || grant != null && grant.hasEnded(policy.clock().instant());
    }

    public Entry enter(CallContext context) {
        ToolGrant grant = context.grant();
        if (grant != null && !grant.requiresCaller()) {
            return new Entry(true, grant.caller());
        }
        CallerAuthenticator authenticator = policy.authenticator();
        if (authenticator == null) {
            return new Entry(grant == null || context.caller() != null, context.caller());
        }
        String caller;
        try {
            caller = authenticator.authenticate(context);
        } catch (RuntimeException e) {
            caller = null;
        }
        return new Entry(caller != null, caller);
    }

    /** Returns the tools that this caller sees: the ceiling, narrowed by the grant and the scope. */
    public Visible visible(CallContext context) {
        ToolGrant grant = context.grant();
        Visible granted = grant == null ? ceiling : granted(grant);
        Selection scope = context.scope();
        return scope == null ? granted : narrowed(granted, scope);
    }

    /** Returns the tools that a grant opens: the ceiling, narrowed by the selection of the grant. */
    Visible granted(ToolGrant grant) {
        return narrowed(ceiling, grant.selection());
    }

    private Visible narrowed(Visible most, Selection selection) {
        ToolSelector selector = new ToolSelector(selection);
        selector.checkWords(known.tools());
        return new Visible(most.tools().stream().filter(selector::selects).toList());
    }

    /** Visible tools and their full names. */
    public record Visible(List<Tool> tools, Set<String> names) {

        Visible(List<Tool> tools) {
            this(tools, tools.stream().map(Tool::name).collect(Collectors.toUnmodifiableSet()));
        }

        public Visible {
            Set<String> all = names;
            tools = tools.stream().map(tool -> tool.among(all)).toList();
        }

        /** Returns a tool as this caller sees it; null if it is not visible. */
        @Nullable
        Tool find(String fullName) {
            return tools.stream()
                    .filter(tool -> tool.name().equals(fullName))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Whether a caller is admitted, and under which name. */
    public record Entry(boolean admitted, @Nullable String caller) {

        /** Returns the context with the authenticated caller, which replaces the one that the request claims. */
        public CallContext of(CallContext context) {
            return caller == null ? context : context.caller(caller);
        }
    }
}
