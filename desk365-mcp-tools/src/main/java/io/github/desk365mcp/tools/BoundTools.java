package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Codes;
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.pipeline.AdmissionStage;
import io.github.desk365mcp.tools.internal.pipeline.Pipeline;
import io.github.desk365mcp.tools.internal.pipeline.ToolDirectory;
import io.github.desk365mcp.tools.internal.text.JsoupVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tools that can be called: what a policy allows, on one helpdesk or on that of each tenant.
 *
 * <p>A call blocks until the helpdesk has answered. Whatever goes wrong in it is a result for the model, with
 * {@link ToolResult#isError()}; only a name that was not listed, or a fault of this library, is an exception.
 * Thread-safe.
 */
public final class BoundTools {

    private final Desk365Tools tools;
    private final Policy policy;
    private final Admission admission;
    private final Function<CallContext, Vocabulary> vocabularies;
    private final ToolDirectory directory;
    private final Pipeline pipeline;

    BoundTools(
            Desk365Tools tools,
            Policy policy,
            Admission admission,
            Function<CallContext, @Nullable Account> accounts,
            Function<CallContext, Vocabulary> vocabularies) {
        JsoupVersion.check();
        this.tools = tools;
        this.policy = policy;
        this.admission = admission;
        this.vocabularies = vocabularies;
        this.directory = new ToolDirectory(admission, tools::names, tools.oldNames());
        this.pipeline = new Pipeline(policy, admission, directory, accounts);
    }

    /**
     * Lets a session write again that {@link Policy#lockWritesAfterUntrustedText} had locked: a person has looked at what
     * it read.
     *
     * @param context with the session, or else the caller, and the tenant of its calls
     */
    public void release(CallContext context) {
        pipeline.release(context);
    }

    /**
     * How long a person may take to agree, as {@link Policy#approvalsLast} says: for hosts whose requests to a client end
     * by themselves.
     */
    public Duration approvalsLast() {
        return policy.approvalsLast();
    }

    /** Whether the policy lets this caller in at all; a host that speaks HTTP answers 401 where it does not. */
    public boolean admits(CallContext context) {
        return admission.enter(context).admitted();
    }

    /** Whether a tool is listed for this caller now, for hosts that filter a list of their own. */
    public boolean lists(String name, CallContext context) {
        return directory.lists(name, context);
    }

    /**
     * What a model is told that asked for a tool by a name which is not listed: the nearest name that is listed for this
     * caller, if one is near. {@link #call} says the same with its exception; this is for hosts that find tools
     * themselves.
     */
    public String unknown(String name, CallContext context) {
        return directory.unknown(name, context);
    }

    /**
     * All that the policy allows at the most, whoever calls: for a host that registers its tools once, and asks
     * {@link #lists} for each caller.
     */
    public List<ToolDefinition> allDefinitions() {
        return tools.definitions();
    }

    /**
     * A short text for the model about these tools as a whole, for example for MCP's {@code instructions}. It mentions
     * only what the tools need that the policy allows at the most: of tools that only read, it says nothing about
     * approvals.
     */
    public String instructions() {
        return Instructions.of(admission.ceiling().tools(), admission.approvals());
    }

    /** What a host lists, always in the same order. */
    public List<ToolDefinition> definitions() {
        return definitions(CallContext.none());
    }

    /**
     * What a host lists for this caller; empty once the access has ended.
     *
     * @throws AccessRefusedException if the policy checks callers, and does not know this one
     */
    public List<ToolDefinition> definitions(CallContext context) {
        Admission.Entry caller = admission.enter(context);
        if (!caller.admitted()) {
            throw new AccessRefusedException(AdmissionStage.UNAUTHENTICATED.message());
        }
        return admission.hasEnded()
                ? List.of()
                : tools.definitions(admission.visible(context), vocabularies.apply(caller.of(context)));
    }

    /**
     * Calls a tool.
     *
     * @param name as listed
     * @param arguments plain JSON values, left as they are; null for none
     * @throws UnknownToolException if no such tool was listed
     */
    public ToolResult call(String name, @Nullable Map<String, ?> arguments) {
        return call(name, arguments, CallContext.none());
    }

    /** Calls a tool, with what the host knows about the call. */
    public ToolResult call(String name, @Nullable Map<String, ?> arguments, CallContext context) {
        return enter(name, arguments, context, QueueTurn.AT_ONCE);
    }

    /** The same for a call that had to wait for its turn. */
    ToolResult enter(String name, @Nullable Map<String, ?> arguments, CallContext context, QueueTurn turn) {
        return run(name, Given.of(arguments), context, turn);
    }

    /** Calls a tool with arguments as JSON text; a text that is no JSON object is an error result that says so. */
    public ToolResult callJson(String name, String argumentsJson, CallContext context) {
        return run(name, Given.json(argumentsJson), context, QueueTurn.AT_ONCE);
    }

    private ToolResult run(String name, Given arguments, CallContext context, QueueTurn turn) {
        Call call = Call.begin(name, arguments, context, turn);
        Outcome outcome = pipeline.run(call);
        if (outcome instanceof Outcome.Refused refused && refused.code().equals(Codes.UNKNOWN_TOOL)) {
            throw new UnknownToolException(refused.message());
        }
        return ToolResult.of(outcome, call.notes(), policy.resultForm());
    }
}
