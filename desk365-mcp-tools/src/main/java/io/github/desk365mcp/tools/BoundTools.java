package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.ToolGrants;
import io.github.desk365mcp.tools.host.Vocabulary;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.pipeline.Admission;
import io.github.desk365mcp.tools.internal.pipeline.AdmissionStage;
import io.github.desk365mcp.tools.internal.pipeline.Pipeline;
import io.github.desk365mcp.tools.internal.pipeline.ToolDirectory;
import io.github.desk365mcp.tools.internal.state.DerivedSecret;
import io.github.desk365mcp.tools.internal.text.JsoupVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tools bound to one helpdesk, or to the helpdesk of each call's tenant, ready to be called.
 *
 * <p>A call blocks until the service has responded. When a call fails, the failure is a result for the model, with
 * {@link ToolResult#isError()}. Exceptions mean that the tool is not listed, or that this library or the host's
 * configuration has a fault. Thread-safe.
 */
public final class BoundTools {

    private final Desk365Tools tools;
    private final Policy policy;
    private final Admission admission;
    private final Function<CallContext, @Nullable Account> accounts;
    private final Function<CallContext, Vocabulary> vocabularies;
    private final ToolDirectory directory;
    private final Pipeline pipeline;
    private final DerivedSecret secret;
    private final ResourcesAndPrompts more;

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
        this.accounts = accounts;
        this.vocabularies = vocabularies;
        this.directory = new ToolDirectory(admission, tools::names, tools.oldNames());
        this.pipeline = new Pipeline(policy, admission, directory, accounts);
        this.secret = new DerivedSecret(policy.stateKey());
        this.more = new ResourcesAndPrompts(policy, admission, tools::names, accounts, pipeline::hasAccess);
    }

    /**
     * Unlocks a session whose writes {@link Policy#lockWritesAfterUntrustedText} has locked, after a person has
     * reviewed what it read.
     *
     * @param context has the tenant and the session of the locked calls, or their caller if they have no session
     * @throws java.io.UncheckedIOException if the shared state cannot be reached
     */
    public void release(CallContext context) {
        pipeline.release(context);
    }

    /**
     * {@return the calls that need a person's approval, for a page, chat or queue where people decide} Calls wait there
     * only if the policy says so: see {@link Policy#approvalPlace} and {@link Policy#pendingListener}.
     */
    public PendingCalls pendingCalls() {
        return pipeline.pendingCalls();
    }

    /**
     * {@return the pending calls of this caller and tenant alone, for a host that lets callers' own users decide} All
     * others are unknown, as if they did not exist.
     *
     * @param context has the caller and the tenant
     */
    public PendingCalls pendingCalls(CallContext context) {
        return pipeline.pendingCalls(context);
    }

    /**
     * {@return what issues secrets that each open a part of these tools} They are kept in the policy's
     * {@link Policy#state shared state}, or in the memory of this object if it has none.
     */
    public ToolGrants grants() {
        return pipeline.grants();
    }

    /**
     * {@return how many calls the helpdesk has left, as in the {@code _meta} of results, for headers of a response}
     * {@code ratelimit-limit} and {@code ratelimit-remaining} in calls, {@code ratelimit-reset} in seconds; those that are
     * unknown are missing. Nothing is sent.
     *
     * @param context has the tenant
     */
    public Map<String, Long> rateLimit(CallContext context) {
        Account account = accounts.apply(admission.enter(context).of(context));
        Map<String, Long> figures = new LinkedHashMap<>();
        if (account != null) {
            account.ledger().figures().forEach((name, figure) -> {
                if (figure instanceof Number number) {
                    figures.put(name, number.longValue());
                }
            });
        }
        return figures;
    }

    /**
     * {@return how many calls of the plan a helpdesk has left, for a gauge; null if that is unknown, or if there is no
     * such tenant} It is what this process has seen, and is exact only if nobody else uses the same key. Nothing is
     * sent.
     *
     * @param context has the tenant
     */
    public @Nullable Integer callsLeft(CallContext context) {
        Account account = accounts.apply(context);
        return account == null ? null : account.ledger().left();
    }

    /** {@return where people decide on pending calls, as set by {@link Policy#approvalPlace(String)}; null if unknown} */
    public @Nullable String approvalPlace() {
        return policy.approvalPlace();
    }

    /** {@return whether the policy has {@link Policy#approvalCards}} */
    public boolean hasApprovalCards() {
        return policy.hasApprovalCards();
    }

    /**
     * {@return whether some calls of a tool need a person's approval, {@link
     * io.github.desk365mcp.tools.host.Approval#CONFIRM}}
     *
     * @param name the name of a tool
     */
    public boolean mayNeedPerson(String name) {
        return directory.mayNeedPerson(name);
    }

    /**
     * {@return how long a person may take to approve a call, as set by {@link Policy#approvalsLast}} For hosts whose
     * requests to a client time out.
     */
    public Duration approvalsLast() {
        return policy.approvalsLast();
    }

    /**
     * {@return 32 secret bytes, for a host that signs what a client gives back later, perhaps to another process} All
     * processes with the same key of the shared state ({@link Policy#state(io.github.desk365mcp.tools.host.SharedState,
     * byte[])}) get the same bytes. Without a key they are random, and differ for each set of bound tools.
     *
     * @param purpose what the bytes are for; other purposes have other bytes
     */
    public byte[] secret(String purpose) {
        return secret.of(purpose);
    }

    /**
     * {@return whether the policy lets this caller in} If not, a host that speaks HTTP responds with status 401.
     *
     * @param context has the caller
     */
    public boolean admits(CallContext context) {
        return admission.enter(context).admitted();
    }

    /**
     * {@return whether a tool is listed for this caller now} For hosts that filter a list of their own.
     *
     * @param name the name of a tool
     * @param context has the caller
     */
    public boolean lists(String name, CallContext context) {
        return directory.lists(name, context);
    }

    /**
     * {@return the message for a model that asked for a tool which is not listed} It names the nearest tool that is
     * listed for this caller, if one is near. {@link #call} throws an exception with the same message; this method is
     * for hosts that look tools up themselves.
     *
     * @param name the name that the model used
     * @param context has the caller
     */
    public String unknown(String name, CallContext context) {
        return directory.unknown(name, context);
    }

    /**
     * {@return every tool that the policy can allow, to any caller} For a host that registers its tools once
     * and asks {@link #lists} for each caller.
     */
    public List<ToolDefinition> allDefinitions() {
        return tools.definitions();
    }

    /**
     * {@return a short text about these tools for the model, for example for MCP's {@code instructions}} It covers only
     * the tools that the policy can allow: if they only read, it says nothing about approvals.
     */
    public String instructions() {
        Admission.Visible all = admission.ceiling();
        return Instructions.of(all.tools(), tools.names(all), admission.approvals());
    }

    /**
     * {@return the tools that a host lists, always in the same order}
     *
     * @throws AccessRefusedException if the policy authenticates callers
     */
    public List<ToolDefinition> definitions() {
        return definitions(CallContext.none());
    }

    /**
     * {@return the tools that a host lists for this caller, always in the same order; empty once access has ended}
     *
     * @param context has the caller, and the tenant whose vocabulary the definitions use
     * @throws AccessRefusedException if the policy authenticates callers and does not know this one
     */
    public List<ToolDefinition> definitions(CallContext context) {
        Admission.Entry caller = admission.enter(context);
        if (!caller.admitted()) {
            throw new AccessRefusedException(AdmissionStage.UNAUTHENTICATED.message());
        }
        return admission.hasEnded(context)
                ? List.of()
                : tools.definitions(admission.visible(context), vocabularies.apply(caller.of(context)));
    }

    /**
     * Calls a tool.
     *
     * @param name the tool's name, as listed
     * @param arguments plain JSON values, which are not modified; null for none
     * @return the answer, or an error for the model
     * @throws UnknownToolException if no such tool is listed
     */
    public ToolResult call(String name, @Nullable Map<String, ?> arguments) {
        return call(name, arguments, CallContext.none());
    }

    /**
     * Calls a tool with a context: who calls, for which tenant, and how to cancel the call, report progress or ask a
     * person.
     *
     * @param name the tool's name, as listed
     * @param arguments plain JSON values, which are not modified; null for none
     * @param context what the host knows about the call
     * @return the answer, or an error for the model
     * @throws UnknownToolException if no such tool is listed for this caller
     */
    public ToolResult call(String name, @Nullable Map<String, ?> arguments, CallContext context) {
        return enter(name, arguments, context, QueueTurn.AT_ONCE);
    }

    /** Calls a tool after the call has waited for its turn in a queue. */
    ToolResult enter(String name, @Nullable Map<String, ?> arguments, CallContext context, QueueTurn turn) {
        return run(name, Given.of(arguments), context, turn);
    }

    /**
     * Calls a tool with its arguments as JSON text.
     *
     * @param name the tool's name, as listed
     * @param argumentsJson a JSON object, or blank for no arguments; for any other text the result is an error that
     *     says so
     * @param context what the host knows about the call
     * @return the answer, or an error for the model
     * @throws UnknownToolException if no such tool is listed for this caller
     */
    public ToolResult callJson(String name, String argumentsJson, CallContext context) {
        return run(name, Given.json(argumentsJson), context, QueueTurn.AT_ONCE);
    }

    /** {@return every template of resources that the policy can allow, to any caller, as {@link #resourceTemplates}} */
    public List<Map<String, Object>> allResourceTemplates() {
        return more.allTemplates();
    }

    /**
     * {@return the templates of the resources that this caller can read, in the format of MCP's
     * {@code ResourceTemplate}} There is one for each kind of record whose tool the caller has, such as
     * {@code desk365://ticket/{ticket_number}}.
     *
     * @param context has the caller
     * @throws AccessRefusedException if the policy authenticates callers and does not know this one
     */
    public List<Map<String, Object>> resourceTemplates(CallContext context) {
        return more.templates(context);
    }

    /**
     * Reads a resource, which is a call of the tool that reads such a record: with the same policy, audit, limits and
     * text. {@link ToolResult#toResource} has the answer in MCP's format. Nothing is sent for an unknown resource.
     *
     * @param uri a URI that fits a listed template, such as {@code desk365://ticket/4052}; values are percent-encoded
     * @param context what the host knows about the call
     * @return the answer, or an error; its code is {@link io.github.desk365mcp.tools.host.ErrorCodes#NOT_FOUND} if the
     *     caller has no such resource or there is no such record
     */
    public ToolResult readResource(String uri, CallContext context) {
        return readResource(uri, context, QueueTurn.AT_ONCE);
    }

    /** Reads a resource after the call has waited for its turn in a queue. */
    ToolResult readResource(String uri, CallContext context, QueueTurn turn) {
        ResourcesAndPrompts.Reading reading = more.reading(uri);
        if (reading != null) {
            try {
                return run(reading.tool(), Given.of(reading.arguments()), context, turn);
            } catch (UnknownToolException notForThisCaller) {
                // As if it did not exist.
            }
        }
        Outcome unknown = new Outcome.Refused(ErrorCodes.NOT_FOUND, more.unknown(uri, context));
        return ToolResult.of(unknown, new CallNotes(), policy);
    }

    /** {@return every prompt that the policy can allow, to any caller, as {@link #prompts}} */
    public List<Map<String, Object>> allPrompts() {
        return more.allPrompts();
    }

    /**
     * {@return the prompts for this caller, in the format of MCP's {@code Prompt}} A prompt is listed if the caller has
     * the tools that it needs.
     *
     * @param context has the caller
     * @throws AccessRefusedException if the policy authenticates callers and does not know this one
     */
    public List<Map<String, Object>> prompts(CallContext context) {
        return more.prompts(context);
    }

    /**
     * {@return a prompt in the format of MCP's {@code GetPromptResult}} Its text names the tools as they are listed for
     * this caller, and quotes nothing from the helpdesk. Nothing is sent.
     *
     * @param name the prompt's name, as listed
     * @param arguments texts by the name of the argument; null for none
     * @param context has the caller
     * @throws IllegalArgumentException if no such prompt is listed for this caller, or an argument is missing, unknown or
     *     invalid; the message is for the client
     * @throws AccessRefusedException if the policy authenticates callers and does not know this one
     */
    public Map<String, Object> prompt(String name, @Nullable Map<String, ?> arguments, CallContext context) {
        return more.prompt(name, arguments == null ? Map.of() : arguments, context);
    }

    /**
     * {@return values for an argument of a prompt or a template, in the format of {@code completion} in MCP's
     * {@code CompleteResult}} They are the values that the policy or the vocabulary allows or, without those, words that
     * answers had so far, such as groups and titles of articles; never addresses of contacts. Only callers with a tool
     * that reads such words get them. Nothing is sent. It is empty if nothing is known, also for an unknown argument.
     *
     * @param of the name of a prompt, or a template of resources
     * @param argument the name of the argument
     * @param begun how the values begin, ignoring ASCII case; empty for all
     * @param context has the caller and the tenant
     */
    public Map<String, Object> complete(String of, String argument, String begun, CallContext context) {
        return more.complete(of, argument, begun, context);
    }

    private ToolResult run(String name, Given arguments, CallContext context, QueueTurn turn) {
        Call call = Call.begin(name, arguments, context, turn);
        Outcome outcome = pipeline.run(call);
        if (outcome instanceof Outcome.Refused refused && refused.code().equals(Outcomes.UNKNOWN_TOOL)) {
            throw new UnknownToolException(refused.message());
        }
        return ToolResult.of(outcome, call.notes(), policy);
    }
}
