package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
<<<<<<< HEAD
=======
import io.github.desk365mcp.tools.host.Progress;
>>>>>>> main
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.Call;
<<<<<<< HEAD
import io.github.desk365mcp.tools.internal.core.Codes;
=======
import io.github.desk365mcp.tools.internal.core.CallNotes;
>>>>>>> main
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Outcome;
<<<<<<< HEAD
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.pipeline.AdmissionStage;
import io.github.desk365mcp.tools.internal.pipeline.Pipeline;
import io.github.desk365mcp.tools.internal.pipeline.ToolDirectory;
=======
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.ThrottledProgress;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Uploader;
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalDecision;
import io.github.desk365mcp.tools.internal.pipeline.ApprovalTokens;
import io.github.desk365mcp.tools.internal.pipeline.ApproveStage;
import io.github.desk365mcp.tools.internal.pipeline.Audit;
import io.github.desk365mcp.tools.internal.pipeline.BudgetStage;
import io.github.desk365mcp.tools.internal.pipeline.DuplicateStage;
import io.github.desk365mcp.tools.internal.pipeline.LockStage;
import io.github.desk365mcp.tools.internal.pipeline.RedeemStage;
import io.github.desk365mcp.tools.internal.pipeline.ToolInvoker;
import io.github.desk365mcp.tools.internal.repair.RepairStage;
import io.github.desk365mcp.tools.internal.repair.ValidateStage;
>>>>>>> main
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
<<<<<<< HEAD
        return call(name, Given.of(arguments), context);
    }

    /** Calls a tool with arguments as JSON text; a text that is no JSON object is a result that says so. */
    public ToolResult call(String name, String argumentsJson, CallContext context) {
        return call(name, Given.json(argumentsJson), context);
    }

    private ToolResult call(String name, Given arguments, CallContext context) {
        Call call = Call.begin(name, arguments, context);
        Outcome outcome = pipeline.run(call);
        if (outcome instanceof Outcome.Refused refused && refused.code().equals(Codes.UNKNOWN_TOOL)) {
            throw new UnknownToolException(refused.message());
        }
        return ToolResult.of(outcome, call.notes(), policy.resultForm());
=======
        return enter(name, arguments, context, QueueTurn.AT_ONCE);
    }

    /** The same for a call that had to wait for its turn. */
    ToolResult enter(String name, @Nullable Map<String, ?> arguments, CallContext context, QueueTurn turn) {
        return enter(name, () -> arguments == null ? Map.of() : Given.map(arguments), context, turn);
    }

    /** Calls a tool with arguments as JSON text; a text that is no JSON object is an error result that says so. */
    public ToolResult callJson(String name, String argumentsJson, CallContext context) {
        return enter(name, () -> Given.json(argumentsJson), context, QueueTurn.AT_ONCE);
    }

    /** Who may not call is not told that the arguments could not be read. */
    private ToolResult enter(String name, Supplier<Map<String, Object>> given, CallContext context, QueueTurn turn) {
        Map<String, Object> arguments = Map.of();
        Outcome.Refused unreadable = null;
        try {
            arguments = given.get();
        } catch (RefusedException e) {
            unreadable = e.outcome();
        }
        Audit.Entry entry = audit.begin(name, arguments);
        Admission.Entry caller = admission.enter(context);
        if (!caller.admitted()) {
            return refused(entry, null, caller, UNAUTHENTICATED);
        }
        if (admission.hasEnded()) {
            return refused(entry, null, caller, ENDED);
        }
        Tool tool = byName.get(name);
        Admission.Visible visible = admission.visible(context);
        if (tool == null || !visible.names().contains(tool.name())) {
            audit.end(entry, null, null, caller.caller(), "unknown_tool", new CallNotes());
            throw new UnknownToolException(unknown(name, context));
        }
        if (unreadable != null) {
            return refused(entry, tool, caller, unreadable);
        }
        QueueTurn.Refusal noTurn = context.isEnded() ? QueueTurn.Refusal.CANCELLED : turn.refusal();
        if (noTurn != null) {
            return refused(entry, tool, caller, noTurn == QueueTurn.Refusal.BUSY ? Outcome.BUSY : Outcome.CANCELLED);
        }
        CallContext checked = known(context, caller);
        Account helpdesk = helpdesks.apply(checked);
        if (helpdesk == null) {
            return refused(entry, tool, caller, NO_TENANT);
        }
        CallNotes trace = new CallNotes();
        String outcome = "fault";
        try {
            CallContext known = known(checked, helpdesk);
            Progress progress = context.progress();
            known = progress == null ? known : known.progress(new ThrottledProgress(progress));
            Outcome ended = pipeline.run(
                    new Call(tool, arguments, known, trace, tools.names(visible), helpdesk, uploader, turn));
            outcome = ended instanceof Outcome.Refused refused
                    ? refused.code()
                    : ended instanceof Outcome.NotExecuted told ? told.code() : "ok";
            if (ended instanceof Outcome.Done done) {
                VocabularyLearner.learn(helpdesk.words(), done.answer());
            }
            return ToolResult.of(tool, ended, trace, helpdesk.ledger(), policy.resultForm());
        } finally {
            audit.end(entry, tool, helpdesk.tenant(), caller.caller(), outcome, trace);
        }
    }

    /** The context with the caller that was found by checking, whoever the request says that it is. */
    private static CallContext known(CallContext context, Admission.Entry entry) {
        String caller = entry.caller();
        return caller == null ? context : context.caller(caller);
    }

    private static CallContext known(CallContext context, Account helpdesk) {
        String tenant = helpdesk.tenant();
        return tenant == null ? context : context.tenant(tenant);
    }

    private ToolResult refused(
            Audit.Entry entry, @Nullable Tool tool, Admission.Entry caller, Outcome.Refused refused) {
        audit.end(entry, tool, null, caller.caller(), refused.code(), new CallNotes());
        return ToolResult.refused(refused);
>>>>>>> main
    }
}
