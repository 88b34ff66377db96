package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.internal.text.Ascii;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * <p>Listing and calling see the same tools: one that is not listed is unknown. Immutable; each method that changes something returns a copy.
 */
public final class Policy {

    private static final int LEAST_TOKENS = 500;
    private static final long MOST_FILE_BYTES = 100L * 1024 * 1024;
    private static final Set<String> DESK365 = Set.of("*.desk365.io");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Rules rules;

    private Policy(Rules rules) {
        this.rules = rules;
    }

    /** What is said so far, with the defaults; nothing changes once a policy has it. */
    private static final class Rules implements Cloneable {

        private final Selection selection;
        private boolean restricted = true;
        private @Nullable Instant end;
        private Clock clock = Clock.systemUTC();
        private @Nullable CallerAuthenticator authenticator;
        private @Nullable AuditListener audit;
        private Set<String> hosts = DESK365;
        private List<AttachmentResolver> attachments = List.of(AttachmentResolver.inline());
        private boolean openAiFileParams;
        private Set<String> fileServers = Set.of();
        private long mostFileBytes = 25L * 1024 * 1024;
        // Some clients cut or refuse answers of more than 25,000; this leaves room for a second one.
        private int answerTokens = 10_000;
        private @Nullable ToIntFunction<String> tokenEstimator;
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

        Rules(Selection selection) {
            this.selection = selection;
        }

        @Override
        protected Rules clone() {
            try {
                return (Rules) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** This policy with a change. */
    private Policy with(Consumer<Rules> change) {
        Rules changed = rules.clone();
        change.accept(changed);
        return new Policy(changed);
    }

    /** These tools, without an end, to everybody whom the host lets through. */
    public static Policy of(Selection selection) {
        return new Policy(new Rules(selection));
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
     * {@code attachments.roots}, {@code attachments.hosts}, {@code attachments.read_hosts},
     * {@code attachments.read_bytes}, {@code approval} (see {@link Approvals#with}),
     * {@code approvals_last_seconds}, {@code duplicates_within_seconds}, {@code lock_writes_after_untrusted_text},
     * {@code vocabulary} (see {@link Vocabulary#fromMap}), {@code answer_tokens}, {@code results} (a {@link ResultForm} in
     * small letters) and {@code fields_in_definitions} are ours.
     *
     * @throws IllegalArgumentException if a key or a value means nothing; the message names the nearest that does
     */
    public static Policy fromMap(Map<String, ?> data) {
        return PolicyConfig.read(data);
    }

    /**
     * The same from JSON text.
     *
     * @throws IllegalArgumentException as for {@link #fromMap}; also if a key stands twice, which the message names
     */
    public static Policy fromJson(String json) {
        return fromMap(JsonDocument.parse(json).toMap());
    }

    /** Under this name, which stands in the {@code _meta} of each definition. */
    public Policy name(String newName) {
        return with(changed -> changed.name = newName);
    }

    /** The plan of helpdesks whose client or {@link Tenant} names none. */
    public Policy plan(Plan newPlan) {
        return with(changed -> changed.plan = newPlan);
    }

    /** Without the tools whose endpoints the vendor opens on request only: contracts. */
    public Policy withoutRestricted() {
        return with(changed -> changed.restricted = false);
    }

    /** Until then. A call that began before is allowed to finish. */
    public Policy endsAt(Instant instant) {
        return with(changed -> changed.end = instant);
    }

    /** By this clock; default is the system's. */
    public Policy clock(Clock newClock) {
        return with(changed -> changed.clock = newClock);
    }

    /** Only to callers whom this one knows. */
    public Policy authenticator(CallerAuthenticator newAuthenticator) {
        return with(changed -> changed.authenticator = newAuthenticator);
    }

    /** Calls this listener once for each call, after it has ended. */
    public Policy audit(AuditListener listener) {
        return with(changed -> changed.audit = listener);
    }

    /**
     * The hosts that tenants may be at, such as {@code acme.desk365.io} or {@code *.desk365.io}, which is the default.
     * Whatever a resolver answers, no key leaves for another host. Capitals do not matter.
     */
    public Policy hosts(String... names) {
        Set<String> hosts = Stream.of(names).map(Ascii::lower).collect(Collectors.toUnmodifiableSet());
        return with(changed -> changed.hosts = hosts);
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
        return with(changed -> changed.attachments = List.of(resolvers));
    }

    /**
     * Shows files in ChatGPT's form: it fills in {@code download_url}, {@code file_id}, {@code mime_type} and
     * {@code file_name} by itself, as {@code openai/fileParams} in {@code _meta} asks. The link needs
     * {@link AttachmentResolver#https} with the hosts that ChatGPT keeps files on. For other hosts the argument is of no
     * use then.
     */
    public Policy openAiFileParams() {
        return with(changed -> changed.openAiFileParams = true);
    }

    /**
     * Lets {@code desk_365_attachments_read} also fetch files from these file servers, such as {@code files.example.com}
     * or {@code *.example.com}. Without this it fetches from those that the service uses: the hosts of
     * {@code attachment_url} in the account's own answers, those of inline images, and the helpdesk's own address.
     *
     * @throws IllegalArgumentException if a host is not a host name
     */
    public Policy fileServers(String... hosts) {
        Set<String> servers = Stream.of(hosts).map(HttpsAttachments::host).collect(Collectors.toUnmodifiableSet());
        return with(changed -> changed.fileServers = servers);
    }

    /**
     * Sets how many bytes a file may have that {@code desk_365_attachments_read} fetches; default is 25 MiB. Of a larger
     * file it returns the link.
     *
     * @throws IllegalArgumentException if it is negative, or more than 100 MiB
     */
    public Policy mostFileBytes(long most) {
        if (most < 0 || most > MOST_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "A file that is read has 0 to " + MOST_FILE_BYTES + " bytes, not " + most);
        }
        return with(changed -> changed.mostFileBytes = most);
    }

    /** The file servers that {@link #fileServers} adds, in lower case. */
    public Set<String> fileServerHosts() {
        return rules.fileServers;
    }

    /** How many bytes a file may have that is read. */
    public long mostFileBytes() {
        return rules.mostFileBytes;
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
        return with(changed -> changed.answerTokens = most);
    }

    /**
     * Counts the tokens of a JSON text, as the host's model does; default is an estimate of 3.5 bytes a token. It is
     * called for each record of an answer, by many threads.
     */
    public Policy tokenEstimator(ToIntFunction<String> estimator) {
        return with(changed -> changed.tokenEstimator = estimator);
    }

    /** In which place answers stand, for hosts that pay for both. Errors are a text in any case. */
    public Policy results(ResultForm form) {
        return with(changed -> changed.resultForm = form);
    }

    /** The place of answers that {@link #results} sets. */
    public ResultForm resultForm() {
        return rules.resultForm;
    }

    /** How large an answer may be, in tokens. */
    public int answerTokens() {
        return rules.answerTokens;
    }

    /** Counts the tokens of a JSON text; null for the default estimate. */
    @Nullable
    public ToIntFunction<String> tokenEstimator() {
        return rules.tokenEstimator;
    }

    /** The name of this policy; null if it has none. */
    @Nullable
    public String name() {
        return rules.name;
    }

    /** The plan of helpdesks whose client or tenant names none; null if not known. */
    @Nullable
    public Plan plan() {
        return rules.plan;
    }

    /** What must happen before calls act, instead of {@link Approvals#defaults()}. */
    public Policy approvals(Approvals newApprovals) {
        return with(changed -> changed.approvals = newApprovals);
    }

    /** What must happen before calls act. */
    public Approvals approvals() {
        return rules.approvals;
    }

    /** Who asks a person about calls that need {@link Approval#CONFIRM}; a context can bring its own. */
    public Policy confirmation(Confirmation newConfirmation) {
        return with(changed -> changed.confirmation = newConfirmation);
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
        return with(changed -> changed.approvalsLast = time);
    }

    /**
     * For how long an equal call of the same caller gets the answer of the first one instead of making another ticket,
     * reply or other record; ten minutes unless said otherwise. A call that got no answer is remembered fifty minutes
     * longer, and an equal one looks first for what it made. Zero switches both off.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Policy duplicates(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("Duplicates are looked for in the past");
        }
        return with(changed -> changed.duplicates = window);
    }

    /**
     * Refuses the writes of a session once it has read what people outside wrote, until
     * {@link BoundTools#release} is called for a person.
     */
    public Policy lockWritesAfterUntrustedText() {
        return with(changed -> changed.locksWrites = true);
    }

    /** Who asks a person; null if only contexts bring somebody. */
    @Nullable
    public Confirmation confirmation() {
        return rules.confirmation;
    }

    /** For how long the preview of a staged call can be agreed to. */
    public Duration approvalsLast() {
        return rules.approvalsLast;
    }

    /** For how long an equal call gets the answer of the first one; zero if that is off. */
    public Duration duplicates() {
        return rules.duplicates;
    }

    /** Whether {@link #lockWritesAfterUntrustedText} is on. */
    public boolean locksWrites() {
        return rules.locksWrites;
    }

    /**
     * The words that the account has of its own, for definitions and errors. Where each tenant has others, see
     * {@link Tenant#vocabulary}.
     */
    public Policy vocabulary(Vocabulary words) {
        return with(changed -> changed.vocabulary = words);
    }

    /**
     * Definitions name the fields that each answer can be asked for, as an {@code enum} of the argument {@code fields}.
     * Otherwise answers and errors name them: the definitions of all tools grow by an eighth with it, which every
     * conversation pays for.
     */
    public Policy fieldsInDefinitions() {
        return with(changed -> changed.showsFields = true);
    }

    /** Whether {@link #fieldsInDefinitions} is on. */
    public boolean showsFields() {
        return rules.showsFields;
    }

    /** Which tools there are. */
    public Selection selection() {
        return rules.selection;
    }

    /** Whether there are tools whose endpoints the vendor opens on request only; see {@link #withoutRestricted}. */
    public boolean allowsRestricted() {
        return rules.restricted;
    }

    /** When the access ends; null if it does not. */
    @Nullable
    public Instant endsAt() {
        return rules.end;
    }

    /** Whether the end that {@link #endsAt(Instant)} sets has passed: then nothing is listed, and no call is made. */
    public boolean hasEnded() {
        return rules.end != null && !rules.clock.instant().isBefore(rules.end);
    }

    /** The clock that ends, previews and duplicates go by. */
    public Clock clock() {
        return rules.clock;
    }

    /** Who checks callers; null if nobody does. */
    @Nullable
    public CallerAuthenticator authenticator() {
        return rules.authenticator;
    }

    /** The listener that is called for each call; null if there is none. */
    @Nullable
    public AuditListener audit() {
        return rules.audit;
    }

    /** The hosts that tenants may be at, in lower case; see {@link #hosts}. */
    public Set<String> allowedHosts() {
        return rules.hosts;
    }

    /** The account's own words; {@link Vocabulary#none()} if they are not known. */
    public Vocabulary vocabulary() {
        return rules.vocabulary;
    }

    /** The resolvers of references to files, in the order in which they are asked; see {@link #attachments}. */
    public List<AttachmentResolver> attachmentResolvers() {
        return rules.attachments;
    }

    /** Whether {@link #openAiFileParams} is on. */
    public boolean hasOpenAiFileParams() {
        return rules.openAiFileParams;
    }

    /** What is allowed; no secret. */
    @Override
    public String toString() {
        return "Policy[" + (rules.name == null ? "" : rules.name + ": ") + rules.selection
                + (rules.end == null ? "" : ", until " + rules.end)
                + (rules.authenticator == null ? "" : ", callers are checked") + "]";
    }
}
