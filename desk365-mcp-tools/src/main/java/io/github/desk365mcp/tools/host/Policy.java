package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Plan;
import io.github.desk365mcp.tools.BoundTools;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator allows: which tools, for which callers, until when, and under which conditions.
 *
 * <pre>{@code
 * Policy contractor = Policy.of(Selection.knowledgeBase().withReadOnly())
 *         .endsAt(Instant.parse("2099-12-31T17:00:00Z"))
 *         .authenticator(CallerAuthenticator.tokens(Map.of(hash, "contractor")));
 * BoundTools tools = Desk365Tools.with(contractor).bind(desk);
 * }</pre>
 *
 * <p>A tool that is not listed cannot be called. Immutable; each method that changes a setting returns a copy.
 */
public final class Policy {

    private static final int LEAST_TOKENS = 500;
    private static final int STATE_KEY_BYTES = 32;
    private static final long MOST_FILE_BYTES = 100L * 1024 * 1024;
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");
    private static final Set<String> DESK365 = Set.of("*.desk365.io");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Rules rules;

    private Policy(Rules rules) {
        this.rules = rules;
    }

    /** The settings, initially the defaults; never changed once a policy holds them. */
    private static final class Rules implements Cloneable {

        private final Selection selection;
        private boolean restricted = true;
        private @Nullable Instant end;
        private Clock clock = Clock.systemUTC();
        private @Nullable CallerAuthenticator authenticator;
        private @Nullable AuditListener audit;
        private Set<String> hosts = DESK365;
        private UnaryOperator<Desk365Client.Builder> clients = UnaryOperator.identity();
        private List<AttachmentResolver> attachments = List.of(AttachmentResolver.inline());
        private boolean openAiFileParams;
        private Set<String> fileServers = Set.of();
        private long mostFileBytes = 25L * 1024 * 1024;
        // Some clients cut or refuse answers of more than 25,000 tokens; this leaves room for two.
        private int answerTokens = 10_000;
        private @Nullable ToIntFunction<String> tokenEstimator;
        private ResultForm resultForm = ResultForm.BOTH;
        private @Nullable String name;
        private @Nullable Plan plan;
        private Approvals approvals = Approvals.defaults();
        private @Nullable Confirmation confirmation;
        private @Nullable String approvalPlace;
        private @Nullable PendingListener pendingListener;
        private boolean approvalCards;
        private Duration approvalsLast = TEN_MINUTES;
        private Duration duplicates = TEN_MINUTES;
        private boolean locksWrites;
        private boolean comparesUpdates;
        private Leaks leaks = Leaks.WARN;
        private Vocabulary vocabulary = Vocabulary.none();
        private boolean charts;
        private boolean showsFields;
        private ToolSettings everyTool = ToolSettings.none();
        private Map<String, ToolSettings> toolSettings = Map.of();
        private List<OwnTool> ownTools = List.of();
        private boolean marksOutside = true;
        private @Nullable SharedState state;
        private byte @Nullable [] stateKey;

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

    private Policy with(Consumer<Rules> change) {
        Rules changed = rules.clone();
        change.accept(changed);
        return new Policy(changed);
    }

    /**
     * {@return a policy that allows the selected tools to every caller, without an end}
     *
     * @param selection which tools
     */
    public static Policy of(Selection selection) {
        return new Policy(new Rules(selection));
    }

    /**
     * Reads a policy from data, for example from a file.
     *
     * <pre>{@code
     * {"name": "contractor", "config": {"methods": ["read"], "tags": ["knowledge_base"]},
     *  "expires_at": "2099-12-31T17:00:00Z", "require_api_token_auth": true,
     *  "tokens": {"<SHA-256 of the token>": "contractor"}}
     * }</pre>
     *
     * <p>{@code name}, {@code config.methods}, {@code config.tags}, {@code expires_at} and
     * {@code require_api_token_auth} are the keys of the hosted product; {@code config.tools}, {@code config.exclude},
     * {@code config.read_only}, {@code preset} ({@code heroes}, {@code core}, {@code triage}, {@code knowledge_base},
     * {@code read_only}, {@code everything}), {@code tokens}, {@code hide_restricted}, {@code plan}, {@code hosts},
     * {@code attachments.roots}, {@code attachments.hosts}, {@code attachments.read_hosts},
     * {@code attachments.read_bytes}, {@code approval} (see {@link Approvals#with}),
     * {@code approvals_last_seconds}, {@code duplicates_within_seconds}, {@code approval_cards}, {@code leaks}
     * ({@code warn}, {@code refuse} or {@code off}), {@code lock_writes_after_untrusted_text},
     * {@code compare_updates}, {@code vocabulary} (see {@link Vocabulary#fromMap}),
     * {@code tool_settings} (a {@link ToolSettings#fromMap} for each
     * tool, or for {@code *}), {@code answer_tokens}, {@code results} (a {@link ResultForm} in lower case), {@code charts},
     * {@code fields_in_definitions} and {@code mark_outside_text} are ours.
     *
     * @param data plain JSON values
     * @return the policy
     * @throws IllegalArgumentException if a key or a value is unknown; the message suggests the nearest known one
     */
    public static Policy fromMap(Map<String, ?> data) {
        return PolicyConfig.read(data);
    }

    /**
     * Reads a policy from JSON text.
     *
     * @param json in the form of {@link #fromMap}
     * @return the policy
     * @throws IllegalArgumentException as {@link #fromMap} does, and if a key occurs twice; the message names it
     */
    public static Policy fromJson(String json) {
        return fromMap(JsonDocument.parse(json).toMap());
    }

    /**
     * {@return a copy with this name, which is in the {@code _meta} of each definition}
     *
     * @param newName for example {@code contractor}
     */
    public Policy name(String newName) {
        return with(changed -> changed.name = newName);
    }

    /**
     * {@return a copy with this plan, for helpdesks whose client or {@link Tenant} has none}
     *
     * @param newPlan determines the rate limit
     */
    public Policy plan(Plan newPlan) {
        return with(changed -> changed.plan = newPlan);
    }

    /** {@return a copy without the tools whose endpoints the vendor opens only on request: contracts} */
    public Policy withoutRestricted() {
        return with(changed -> changed.restricted = false);
    }

    /**
     * {@return a copy that ends access at this time} A call that began earlier is completed.
     *
     * @param instant when access ends
     */
    public Policy endsAt(Instant instant) {
        return with(changed -> changed.end = instant);
    }

    /**
     * {@return a copy with this clock; the default is the system's}
     *
     * @param newClock for the end of access, approvals and duplicates
     */
    public Policy clock(Clock newClock) {
        return with(changed -> changed.clock = newClock);
    }

    /**
     * {@return a copy that admits only callers whom this authenticator knows}
     *
     * @param newAuthenticator identifies callers
     */
    public Policy authenticator(CallerAuthenticator newAuthenticator) {
        return with(changed -> changed.authenticator = newAuthenticator);
    }

    /**
     * {@return a copy that calls this listener once for each call, after it has ended}
     *
     * @param listener receives a record of each call; two are combined with {@link AuditListener#and}
     */
    public Policy audit(AuditListener listener) {
        return with(changed -> changed.audit = listener);
    }

    /**
     * Sets the helpdesk addresses that tenants may have. No key is sent to any other host name, whatever a resolver
     * returns.
     *
     * @param names host names such as {@code acme.desk365.io} or {@code *.desk365.io}, which is the default; case and
     *     white space around them do not matter
     * @return a copy with these addresses
     * @throws IllegalArgumentException if a name is not a host name, such as a URL
     */
    public Policy hosts(String... names) {
        Set<String> hosts = Stream.of(names).map(Policy::host).collect(Collectors.toUnmodifiableSet());
        return with(changed -> changed.hosts = hosts);
    }

    /** Unlike a file server, a helpdesk may be at an IP address, for example a sandbox. */
    private static String host(String given) {
        String host = Ascii.lower(given.strip());
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "The address of a helpdesk must look like acme.desk365.io or *.desk365.io, without https:// and"
                            + " without a port: " + given);
        }
        return host;
    }

    /**
     * Customizes the clients that are created for tenants: proxy, TLS, options, observed requests. Their address, key
     * and plan are set afterwards, from the {@link Tenant}. Tools that are bound to one client do not use it.
     *
     * @param customizer changes the builder of a client
     * @return a copy with this customizer
     */
    public Policy clients(UnaryOperator<Desk365Client.Builder> customizer) {
        return with(changed -> changed.clients = customizer);
    }

    /**
     * Sets the resolvers of references to files, replacing the default, {@link AttachmentResolver#inline()}; to keep
     * that one, include it, preferably first. The definitions describe the accepted references.
     *
     * @param resolvers in the order in which they are asked
     * @return a copy with these resolvers
     * @throws IllegalArgumentException if there is none
     */
    public Policy attachments(AttachmentResolver... resolvers) {
        if (resolvers.length == 0) {
            throw new IllegalArgumentException(
                    "At least one resolver is required; to send no files, exclude the tools that do");
        }
        return with(changed -> changed.attachments = List.of(resolvers));
    }

    /**
     * Accepts files in ChatGPT's form: because of {@code openai/fileParams} in {@code _meta}, ChatGPT fills in
     * {@code download_url}, {@code file_id}, {@code mime_type} and {@code file_name} automatically. To download them,
     * {@link AttachmentResolver#https} must list the servers where ChatGPT stores files. Other hosts cannot use the
     * argument then.
     *
     * @return a copy with this form of files
     */
    public Policy openAiFileParams() {
        return with(changed -> changed.openAiFileParams = true);
    }

    /**
     * Lets {@code desk_365_attachments_read} also fetch files from these file servers. It always fetches from those that
     * the service uses: the file servers of {@code attachment_url} in the account's own answers, those of inline images,
     * and the helpdesk address.
     *
     * @param hosts names such as {@code files.example.com} or {@code *.example.com}
     * @return a copy with these file servers
     * @throws IllegalArgumentException if a host is not a host name
     */
    public Policy fileServers(String... hosts) {
        Set<String> servers = Stream.of(hosts).map(HttpsAttachments::host).collect(Collectors.toUnmodifiableSet());
        return with(changed -> changed.fileServers = servers);
    }

    /**
     * Sets the maximum size of a file that {@code desk_365_attachments_read} fetches. For a larger file it returns the
     * link.
     *
     * @param most bytes; the default is 25 MiB
     * @return a copy with this size
     * @throws IllegalArgumentException if it is negative, or more than 100 MiB
     */
    public Policy mostFileBytes(long most) {
        if (most < 0 || most > MOST_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "A file that is read has 0 to " + MOST_FILE_BYTES + " bytes, not " + most);
        }
        return with(changed -> changed.mostFileBytes = most);
    }

    /** {@return the file servers that {@link #fileServers} adds, in lower case} */
    public Set<String> fileServerHosts() {
        return rules.fileServers;
    }

    /** {@return the maximum size of a file that is read, in bytes} */
    public long mostFileBytes() {
        return rules.mostFileBytes;
    }

    /**
     * Sets the maximum size of an answer. What does not fit is left out, as whole items and whole fields, and the
     * answer says how to get it.
     *
     * @param most tokens, 500 or more; the default is 10,000
     * @return a copy with this size
     * @throws IllegalArgumentException if it is less than 500
     */
    public Policy answerTokens(int most) {
        if (most < LEAST_TOKENS) {
            throw new IllegalArgumentException("An answer needs " + LEAST_TOKENS + " tokens or more, not " + most);
        }
        return with(changed -> changed.answerTokens = most);
    }

    /**
     * Sets how the tokens of a JSON text are counted for {@link #answerTokens(int)}; the default estimates one token
     * per 3.5 bytes. The function is called for each record of an answer, by many threads.
     *
     * @param estimator counts as the host's model does
     * @return a copy with this estimator
     */
    public Policy tokenEstimator(ToIntFunction<String> estimator) {
        return with(changed -> changed.tokenEstimator = estimator);
    }

    /**
     * {@return a copy that puts answers in another place, for hosts that would pay for both} Errors are always text.
     *
     * @param form where a result has the answer
     */
    public Policy results(ResultForm form) {
        return with(changed -> changed.resultForm = form);
    }

    /**
     * Adds a chart of the groups to each report on tickets, for hosts that show images to their users: a content block of
     * the type {@code resource} with an SVG image as text, less than 30,000 characters, for the audience {@code user}. Off by
     * default, because clients cannot say whether they show it, and some give every block to the model, which then pays for
     * its text. The chart does not count towards {@link #answerTokens}.
     *
     * @return a copy with charts
     */
    public Policy charts() {
        return with(changed -> changed.charts = true);
    }

    /** {@return whether {@link #charts} is on} */
    public boolean hasCharts() {
        return rules.charts;
    }

    /** {@return where answers are put; see {@link #results}} */
    public ResultForm resultForm() {
        return rules.resultForm;
    }

    /** {@return the maximum size of an answer, in tokens} */
    public int answerTokens() {
        return rules.answerTokens;
    }

    /** {@return what counts the tokens of a JSON text; null for the default estimate} */
    @Nullable
    public ToIntFunction<String> tokenEstimator() {
        return rules.tokenEstimator;
    }

    /** {@return the name of this policy; null if it has none} */
    @Nullable
    public String name() {
        return rules.name;
    }

    /** {@return the plan of helpdesks whose client or tenant has none; null if unknown} */
    @Nullable
    public Plan plan() {
        return rules.plan;
    }

    /**
     * {@return a copy with these approvals instead of {@link Approvals#defaults()}}
     *
     * @param newApprovals the approvals that calls need
     */
    public Policy approvals(Approvals newApprovals) {
        return with(changed -> changed.approvals = newApprovals);
    }

    /** {@return the approvals that calls need} */
    public Approvals approvals() {
        return rules.approvals;
    }

    /**
     * {@return a copy that asks a person through this confirmation about calls that need {@link Approval#CONFIRM}} A
     * {@link CallContext} can override it.
     *
     * @param newConfirmation asks a person
     */
    public Policy confirmation(Confirmation newConfirmation) {
        return with(changed -> changed.confirmation = newConfirmation);
    }

    /**
     * Lets calls that need {@link Approval#CONFIRM} wait as {@link PendingCall}s if there is no confirmation, or if it
     * throws an exception other than {@link NotAnsweredException}. The model is told to send its user to this place; it
     * cannot decide itself, even if it opens the place, as long as the host lets only approvers decide. Without a place,
     * a {@link #pendingListener} and a card, such calls are refused.
     *
     * @param place where people decide, in words for a model, such as {@code https://helpdesk.example.com/approvals}
     * @return a copy with this place
     */
    public Policy approvalPlace(String place) {
        return with(changed -> changed.approvalPlace = place);
    }

    /**
     * Lets calls that need {@link Approval#CONFIRM} wait, as {@link #approvalPlace} does, and tells a listener about
     * them. It is not told that a call waits if the client shows it on a card; see {@link #approvalCards}.
     *
     * @param listener learns of each call that waits and of each decision
     * @return a copy with this listener
     */
    public Policy pendingListener(PendingListener listener) {
        return with(changed -> changed.pendingListener = listener);
    }

    /**
     * Lets the user of an MCP client that supports MCP Apps decide on a card in the chat. The card shows the preview and
     * two buttons; see {@link io.github.desk365mcp.tools.mcp.McpTools#asyncCards}.
     *
     * <p>Turn it on only if you trust your callers' clients. The identifier of the pending call reaches the card but not
     * the model, and clients hide the deciding tool from the model. But nothing in the protocol proves that a person
     * clicked: a client that ignores these rules, or a program, can approve its own calls.
     *
     * @return a copy with cards
     */
    public Policy approvalCards() {
        return with(changed -> changed.approvalCards = true);
    }

    /**
     * Sets how long a preview can be approved.
     *
     * @param time the default is ten minutes; more than ten years count as ten years
     * @return a copy with this time
     * @throws IllegalArgumentException if it is not positive
     */
    public Policy approvalsLast(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("approvalsLast must be positive");
        }
        return with(changed -> changed.approvalsLast = Times.capped(time));
    }

    /**
     * Sets how long an equal call of the same caller gets the answer of the first one, instead of creating another
     * ticket, reply or other record. A call that got no response is remembered 50 minutes longer, and an equal call
     * first looks for what it created. Zero turns both off.
     *
     * @param window the default is ten minutes; more than ten years count as ten years
     * @return a copy with this window
     * @throws IllegalArgumentException if it is negative
     */
    public Policy duplicates(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("The window for duplicates must not be negative");
        }
        return with(changed -> changed.duplicates = Times.capped(window));
    }

    /**
     * {@return a copy whose updates first read the record, so that their answers show each changed field before and after,
     * and say whether anything else has changed} That costs a call of the plan for each update, so it is off by default: an
     * update costs one of 50 calls a minute, or of 100 an hour. An update that was previewed shows the values before and
     * after in any case.
     */
    public Policy compareUpdates() {
        return with(changed -> changed.comparesUpdates = true);
    }

    /** {@return whether {@link #compareUpdates} is on} */
    public boolean comparesUpdates() {
        return rules.comparesUpdates;
    }

    /**
     * {@return a copy that refuses the writes of a session once it has read text written by outsiders, until
     * {@link BoundTools#release} is called} Where calls have no session, it is the caller that can only read.
     */
    public Policy lockWritesAfterUntrustedText() {
        return with(changed -> changed.locksWrites = true);
    }

    /**
     * Sets what happens to a reply or a public note that repeats words, numbers or identifiers of an internal note, or of
     * what another customer wrote, that the same session has read.
     *
     * @param newLeaks the default is {@link Leaks#WARN}
     * @return a copy with this setting
     */
    public Policy leaks(Leaks newLeaks) {
        return with(changed -> changed.leaks = newLeaks);
    }

    /** {@return what happens to a message that repeats what is not for its recipient; see {@link #leaks(Leaks)}} */
    public Leaks leaks() {
        return rules.leaks;
    }

    /** {@return what asks a person; null if only contexts do} */
    @Nullable
    public Confirmation confirmation() {
        return rules.confirmation;
    }

    /** {@return where people decide on pending calls, in words for a model; null if unknown} */
    @Nullable
    public String approvalPlace() {
        return rules.approvalPlace;
    }

    /** {@return what learns of pending calls; null if nothing does} */
    @Nullable
    public PendingListener pendingListener() {
        return rules.pendingListener;
    }

    /** {@return whether {@link #approvalCards} is on} */
    public boolean hasApprovalCards() {
        return rules.approvalCards;
    }

    /** {@return whether calls that need a person can wait; see {@link #approvalPlace} and {@link #pendingListener}} */
    public boolean hasPendingCalls() {
        return rules.approvalPlace != null || rules.pendingListener != null;
    }

    /** {@return how long a preview can be approved} */
    public Duration approvalsLast() {
        return rules.approvalsLast;
    }

    /** {@return how long an equal call gets the answer of the first one; zero if that is off} */
    public Duration duplicates() {
        return rules.duplicates;
    }

    /**
     * {@return a copy that shares its state with other processes, and keeps it across restarts if the state does}
     *
     * <p>Shared are: equal creates, including those of a process that was killed; the call budget of each account; and
     * write locks. Nothing that people wrote is stored, so a repeated create gets no copy of the earlier answer from
     * another process, and approvals are valid in the process that asked for them only.
     *
     * @param newState keeps the values
     */
    public Policy state(SharedState newState) {
        return with(changed -> {
            changed.state = newState;
            changed.stateKey = null;
        });
    }

    /**
     * {@return a copy that shares its state as {@link #state(SharedState)} does, and also answers and approvals}
     * Values are encrypted with AES-GCM.
     *
     * @param newState keeps the values
     * @param key 32 random bytes, the same in all processes
     * @throws IllegalArgumentException if the key does not have 32 bytes
     */
    public Policy state(SharedState newState, byte[] key) {
        if (key.length != STATE_KEY_BYTES) {
            throw new IllegalArgumentException("The key must have " + STATE_KEY_BYTES + " bytes");
        }
        byte[] copy = key.clone();
        return with(changed -> {
            changed.state = newState;
            changed.stateKey = copy;
        });
    }

    /** {@return the state shared with other processes; null if there is none} */
    @Nullable
    public SharedState state() {
        return rules.state;
    }

    /** {@return a copy of the key of the shared state; null if it has none} */
    public byte @Nullable [] stateKey() {
        return rules.stateKey == null ? null : rules.stateKey.clone();
    }

    /** {@return whether {@link #lockWritesAfterUntrustedText} is on} */
    public boolean locksWrites() {
        return rules.locksWrites;
    }

    /**
     * {@return a copy with the words that the account has of its own, for definitions and errors} If tenants differ,
     * use {@link Tenant#vocabulary}.
     *
     * @param words the account's own words
     */
    public Policy vocabulary(Vocabulary words) {
        return with(changed -> changed.vocabulary = words);
    }

    /**
     * Sets an operator's own words and limits for one tool.
     *
     * @param name the tool's full or short name; an unknown name, argument or value, or settings under both names of one
     *     tool, are refused when the tools are created
     * @param settings in place of earlier settings of this name
     * @return a copy with these settings
     */
    public Policy tool(String name, ToolSettings settings) {
        Map<String, ToolSettings> more = new LinkedHashMap<>(rules.toolSettings);
        more.put(name, settings);
        return with(changed -> changed.toolSettings = Collections.unmodifiableMap(more));
    }

    /**
     * Sets values and limits of arguments for every tool that has them. For one argument, {@code fixed} or {@code allowed} of
     * {@link #tool} replaces both of these, and a default replaces the default.
     *
     * @param settings without title and description; an argument that no selected tool has is refused when the tools are
     *     created
     * @return a copy with these settings
     */
    public Policy everyTool(ToolSettings settings) {
        return with(changed -> changed.everyTool = settings);
    }

    /**
     * Adds a tool of the host's own. It counts as named by the selection: it is listed unless the selection excludes it, or
     * only reads. Approvals, scopes and grants find it by its name and tags, as they find the other tools.
     *
     * @param tool its name must not be that of another tool; that is checked when the tools are created
     * @return a copy with this tool
     */
    public Policy ownTool(OwnTool tool) {
        List<OwnTool> more = new ArrayList<>(rules.ownTools);
        more.add(tool);
        return with(changed -> changed.ownTools = List.copyOf(more));
    }

    /** {@return the tools of {@link #ownTool}, in the order in which they were added} */
    public List<OwnTool> ownTools() {
        return rules.ownTools;
    }

    /** {@return the settings of {@link #tool}, by the name given there} */
    public Map<String, ToolSettings> toolSettings() {
        return rules.toolSettings;
    }

    /** {@return the settings of {@link #everyTool}} */
    public ToolSettings everyToolSettings() {
        return rules.everyTool;
    }

    /**
     * Lists the fields of each answer in the definitions, as an {@code enum} of the argument {@code fields}. By default
     * only answers and errors name the fields, because the enums make the definitions of all tools an eighth larger, in
     * every conversation.
     *
     * @return a copy with the fields in its definitions
     */
    public Policy fieldsInDefinitions() {
        return with(changed -> changed.showsFields = true);
    }

    /** {@return whether {@link #fieldsInDefinitions} is on} */
    public boolean showsFields() {
        return rules.showsFields;
    }

    /**
     * Leaves the text of results unmarked. By default, what contacts and unknown writers wrote is marked in the text, as
     * in {@code (*731:Printer is down:731*)}; the number is random for each result and occurs nowhere else in the answer,
     * so the text cannot end its own mark. One sentence in the result explains the marks to the model. Marks that a model
     * copies into arguments are removed. {@code structuredContent} never has marks.
     *
     * @return a copy without marks
     */
    public Policy withoutOutsideMarks() {
        return with(changed -> changed.marksOutside = false);
    }

    /** {@return whether text from outside is marked in the text of results; see {@link #withoutOutsideMarks}} */
    public boolean marksOutsideText() {
        return rules.marksOutside;
    }

    /** {@return the selected tools} */
    public Selection selection() {
        return rules.selection;
    }

    /**
     * {@return whether tools are allowed whose endpoints the vendor opens only on request; see
     * {@link #withoutRestricted}}
     */
    public boolean allowsRestricted() {
        return rules.restricted;
    }

    /** {@return when access ends; null if it does not} */
    @Nullable
    public Instant endsAt() {
        return rules.end;
    }

    /**
     * {@return whether the time of {@link #endsAt(Instant)} has passed} Then nothing is listed, and calls are refused.
     */
    public boolean hasEnded() {
        return rules.end != null && !rules.clock.instant().isBefore(rules.end);
    }

    /** {@return the clock for the end of access, approvals and duplicates} */
    public Clock clock() {
        return rules.clock;
    }

    /** {@return what authenticates callers; null if nothing does} */
    @Nullable
    public CallerAuthenticator authenticator() {
        return rules.authenticator;
    }

    /** {@return the listener that is called for each call; null if there is none} */
    @Nullable
    public AuditListener audit() {
        return rules.audit;
    }

    /** {@return what customizes the clients of tenants; see {@link #clients(UnaryOperator)}} */
    public UnaryOperator<Desk365Client.Builder> clients() {
        return rules.clients;
    }

    /** {@return the host names that tenants' helpdesks may have, in lower case; see {@link #hosts}} */
    public Set<String> allowedHosts() {
        return rules.hosts;
    }

    /** {@return the account's own words; {@link Vocabulary#none()} if unknown} */
    public Vocabulary vocabulary() {
        return rules.vocabulary;
    }

    /**
     * {@return the resolvers of references to files, in the order in which they are asked; see {@link #attachments}}
     */
    public List<AttachmentResolver> attachmentResolvers() {
        return rules.attachments;
    }

    /** {@return whether {@link #openAiFileParams} is on} */
    public boolean hasOpenAiFileParams() {
        return rules.openAiFileParams;
    }

    /** {@return what is allowed, without secrets} */
    @Override
    public String toString() {
        return "Policy[" + (rules.name == null ? "" : rules.name + ": ") + rules.selection
                + (rules.end == null ? "" : ", until " + rules.end)
                + (rules.authenticator == null ? "" : ", callers are checked") + "]";
    }
}
