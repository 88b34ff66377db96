package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an operator allows: which tools, until when, to whom, and who is told of it.
 *
 * <pre>{@code
 * Policy contractor = Policy.of(Selection.knowledgeBase().withReadOnly())
 *         .endsAt(Instant.parse("2026-11-27T17:00:00Z"))
 *         .authenticator(CallerAuthenticator.tokens(Map.of(hash, "contractor")));
 * BoundTools tools = Desk365Tools.with(contractor).bind(desk);
 * }</pre>
 *
 * <p>Listing and calling see the same tools: one that is not listed is unknown. Immutable; each method answers a copy.
 */
public final class Policy {

    private static final int LEAST_TOKENS = 500;
    private static final Set<String> DESK365 = Set.of("*.desk365.io");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Selection selection;
    private final boolean restricted;
    private final @Nullable Instant end;
    private final Clock clock;
    private final @Nullable CallerAuthenticator authenticator;
    private final @Nullable AuditListener audit;
    private final Set<String> hosts;
    private final AttachmentForms attachmentForms;
    private final AnswerSize answerSize;
    private final ResultForm resultForm;
    private final @Nullable String name;
    private final @Nullable Plan plan;
    private final Approvals approvals;
    private final @Nullable Confirmation confirmation;
    private final Duration approvalsLast;
    private final Duration duplicates;
    private final boolean locksWrites;
    private final Vocabulary vocabulary;
    private final boolean showsFields;

    private Policy(Draft draft) {
        this.selection = draft.selection;
        this.restricted = draft.restricted;
        this.end = draft.end;
        this.clock = draft.clock;
        this.authenticator = draft.authenticator;
        this.audit = draft.audit;
        this.hosts = draft.hosts;
        this.attachmentForms = draft.attachmentForms;
        this.answerSize = draft.answerSize;
        this.resultForm = draft.resultForm;
        this.name = draft.name;
        this.plan = draft.plan;
        this.approvals = draft.approvals;
        this.confirmation = draft.confirmation;
        this.approvalsLast = draft.approvalsLast;
        this.duplicates = draft.duplicates;
        this.locksWrites = draft.locksWrites;
        this.vocabulary = draft.vocabulary;
        this.showsFields = draft.showsFields;
    }

    /** A policy while it is being changed; the values here are the defaults. */
    private static final class Draft {

        private final Selection selection;
        private boolean restricted = true;
        private @Nullable Instant end;
        private Clock clock = Clock.systemUTC();
        private @Nullable CallerAuthenticator authenticator;
        private @Nullable AuditListener audit;
        private Set<String> hosts = DESK365;
        private AttachmentForms attachmentForms = AttachmentForms.INLINE;
        private AnswerSize answerSize = AnswerSize.DEFAULT;
        private ResultForm resultForm = ResultForm.BOTH;
        private @Nullable String name;
        private @Nullable Plan plan;
        private Approvals approvals = Approvals.defaults();
        private @Nullable Confirmation confirmation;
        private Duration approvalsLast = TEN_MINUTES;
        private Duration duplicates = TEN_MINUTES;
        private boolean locksWrites;
        private Vocabulary vocabulary = Vocabulary.none();
        private boolean showsFields;

        Draft(Selection selection) {
            this.selection = selection;
        }

        Draft(Policy policy) {
            this.selection = policy.selection;
            this.restricted = policy.restricted;
            this.end = policy.end;
            this.clock = policy.clock;
            this.authenticator = policy.authenticator;
            this.audit = policy.audit;
            this.hosts = policy.hosts;
            this.attachmentForms = policy.attachmentForms;
            this.answerSize = policy.answerSize;
            this.resultForm = policy.resultForm;
            this.name = policy.name;
            this.plan = policy.plan;
            this.approvals = policy.approvals;
            this.confirmation = policy.confirmation;
            this.approvalsLast = policy.approvalsLast;
            this.duplicates = policy.duplicates;
            this.locksWrites = policy.locksWrites;
            this.vocabulary = policy.vocabulary;
            this.showsFields = policy.showsFields;
        }
    }

    /** This policy with a change. */
    private Policy with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Policy(draft);
    }

    /** These tools, without an end, to everybody whom the host lets through. */
    public static Policy of(Selection selection) {
        return new Policy(new Draft(selection));
    }

    /**
     * A policy as data, for example from a file.
     *
     * <pre>{@code
     * {"name": "contractor", "config": {"methods": ["read"], "tags": ["knowledge_base"]},
     *  "expires_at": "2026-11-27T17:00:00Z", "require_api_token_auth": true,
     *  "tokens": {"<SHA-256 of the token>": "contractor"}}
     * }</pre>
     *
     * <p>{@code name}, {@code config.methods}, {@code config.tags}, {@code expires_at} and
     * {@code require_api_token_auth} are the keys of the hosted product; {@code config.tools}, {@code config.exclude},
     * {@code config.read_only}, {@code preset} ({@code heroes}, {@code triage}, {@code knowledge_base},
     * {@code read_only}, {@code everything}), {@code tokens}, {@code hide_restricted}, {@code plan}, {@code hosts},
     * {@code attachments.roots}, {@code attachments.hosts}, {@code approval} (see {@link Approvals#with}),
     * {@code approvals_last_seconds}, {@code duplicates_within_seconds}, {@code lock_writes_after_untrusted_text},
     * {@code vocabulary} (see {@link Vocabulary#fromMap}), {@code answer_tokens}, {@code results} (a {@link ResultForm} in
     * small letters) and {@code fields_in_definitions} are ours.
     *
     * @throws IllegalArgumentException if a key or a value means nothing; the message names the nearest that does
     */
    public static Policy fromMap(Map<String, ?> data) {
        return PolicyConfig.read(data);
    }

    /** The same from JSON text. */
    public static Policy fromJson(String json) {
        return fromMap(JsonDocument.parse(json).toMap());
    }

    /** Under this name, which stands in the {@code _meta} of each definition. */
    public Policy name(String newName) {
        return with(draft -> draft.name = newName);
    }

    /** The plan of helpdesks whose client or {@link Tenant} names none. */
    public Policy plan(Plan newPlan) {
        return with(draft -> draft.plan = newPlan);
    }

    /** Without the tools whose endpoints the vendor opens on request only: contracts. */
    public Policy withoutRestricted() {
        return with(draft -> draft.restricted = false);
    }

    /** Until then. A call that began before is allowed to finish. */
    public Policy endsAt(Instant instant) {
        return with(draft -> draft.end = instant);
    }

    /** By this clock; default is the system's. */
    public Policy clock(Clock newClock) {
        return with(draft -> draft.clock = newClock);
    }

    /** Only to callers whom this one knows. */
    public Policy authenticator(CallerAuthenticator newAuthenticator) {
        return with(draft -> draft.authenticator = newAuthenticator);
    }

    /** Told of every call. */
    public Policy audit(AuditListener listener) {
        return with(draft -> draft.audit = listener);
    }

    /**
     * The hosts that tenants may be at, such as {@code acme.desk365.io} or {@code *.desk365.io}, which is the default.
     * Whatever a resolver answers, no key leaves for another host.
     */
    public Policy hosts(String... names) {
        return with(draft -> draft.hosts = Set.of(names));
    }

    /**
     * The references to files that tools take, instead of {@link AttachmentResolver#inline()} alone; name that one too to
     * keep it, and best first. The definitions say what is taken.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Policy attachments(AttachmentResolver... resolvers) {
        if (resolvers.length == 0) {
            throw new IllegalArgumentException("Some resolver must be left; to send no files, exclude the tools");
        }
        return with(
                draft -> draft.attachmentForms = new AttachmentForms(List.of(resolvers), attachmentForms.fileParams()));
    }

    /**
     * Shows files in ChatGPT's form: it fills in {@code download_url}, {@code file_id}, {@code mime_type} and
     * {@code file_name} by itself, as {@code openai/fileParams} in {@code _meta} asks. The link needs
     * {@link AttachmentResolver#https} with the hosts that ChatGPT keeps files on. For other hosts the argument is of no
     * use then.
     */
    public Policy openAiFileParams() {
        return with(draft -> draft.attachmentForms = new AttachmentForms(attachmentForms.resolvers(), true));
    }

    /**
     * How large an answer may be, in tokens; default is 10,000. What has no room is left out, whole items and whole
     * fields, and the answer says how to get it.
     *
     * @throws IllegalArgumentException if there is no room for an answer: at least 500
     */
    public Policy answerTokens(int most) {
        if (most < LEAST_TOKENS) {
            throw new IllegalArgumentException("An answer needs " + LEAST_TOKENS + " tokens or more, not " + most);
        }
        return with(draft -> draft.answerSize = new AnswerSize(most, answerSize.estimator()));
    }

    /**
     * Counts the tokens of a JSON text, as the host's model does; default is an estimate of 3.5 bytes a token. It is
     * called for each record of an answer, by many threads.
     */
    public Policy tokenEstimator(ToIntFunction<String> estimator) {
        return with(draft -> draft.answerSize = new AnswerSize(answerSize.tokens(), estimator));
    }

    /** In which place answers stand, for hosts that pay for both. Errors are a text in any case. */
    public Policy results(ResultForm form) {
        return with(draft -> draft.resultForm = form);
    }

    ResultForm resultForm() {
        return resultForm;
    }

    AnswerSize answerSize() {
        return answerSize;
    }

    @Nullable
    String name() {
        return name;
    }

    @Nullable
    Plan plan() {
        return plan;
    }

    /** What must happen before calls act, instead of {@link Approvals#defaults()}. */
    public Policy approvals(Approvals newApprovals) {
        return with(draft -> draft.approvals = newApprovals);
    }

    /** What must happen before calls act. */
    public Approvals approvals() {
        return approvals;
    }

    /** Who asks a person about calls that need {@link Approval#CONFIRM}; a context can bring its own. */
    public Policy confirmation(Confirmation newConfirmation) {
        return with(draft -> draft.confirmation = newConfirmation);
    }

    /**
     * For how long the preview of a staged call can be agreed to, instead of ten minutes.
     *
     * @throws IllegalArgumentException if that is no time at all
     */
    public Policy approvalsLast(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A preview must last for some time");
        }
        return with(draft -> draft.approvalsLast = time);
    }

    /**
     * For how long an equal call of the same caller gets the answer of the first one instead of making another ticket,
     * reply or other record; ten minutes unless said otherwise. Zero switches it off.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Policy duplicates(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("Duplicates are looked for in the past");
        }
        return with(draft -> draft.duplicates = window);
    }

    /**
     * Refuses the writes of a session once it has read what people outside wrote, until
     * {@link BoundTools#release} is called for a person.
     */
    public Policy lockWritesAfterUntrustedText() {
        return with(draft -> draft.locksWrites = true);
    }

    @Nullable
    Confirmation confirmation() {
        return confirmation;
    }

    Duration approvalsLast() {
        return approvalsLast;
    }

    Duration duplicates() {
        return duplicates;
    }

    boolean locksWrites() {
        return locksWrites;
    }

    /**
     * The words that the account has of its own, for definitions and errors. Where each tenant has others, see
     * {@link Tenant#vocabulary}.
     */
    public Policy vocabulary(Vocabulary words) {
        return with(draft -> draft.vocabulary = words);
    }

    /**
     * Definitions name the fields that each answer can be asked for, as an {@code enum} of the argument {@code fields}.
     * Otherwise answers and errors name them: the definitions of all tools grow by an eighth with it, which every
     * conversation pays for.
     */
    public Policy fieldsInDefinitions() {
        return with(draft -> draft.showsFields = true);
    }

    boolean showsFields() {
        return showsFields;
    }

    Selection selection() {
        return selection;
    }

    boolean allowsRestricted() {
        return restricted;
    }

    boolean hasEnded() {
        return end != null && !clock.instant().isBefore(end);
    }

    Clock clock() {
        return clock;
    }

    @Nullable
    CallerAuthenticator authenticator() {
        return authenticator;
    }

    @Nullable
    AuditListener audit() {
        return audit;
    }

    Set<String> hosts() {
        return hosts;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    AttachmentForms attachmentForms() {
        return attachmentForms;
    }

    /** What is allowed; no secret. */
    @Override
    public String toString() {
        return "Policy[" + (name == null ? "" : name + ": ") + selection + (end == null ? "" : ", until " + end)
                + (authenticator == null ? "" : ", callers are checked") + "]";
    }
}
