package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Decision;
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pending call and its state. Guarded by its store. */
final class PendingEntry {

    private static final Set<State> UNSETTLED = Set.of(State.WAITING, State.ACTING);

    private static final String DECIDED = "decided";

    private static final Set<String> DONE_BEFORE = Set.of(Outcomes.REPLAYED, Outcomes.FOUND);

    private final String id;
    private final String name;
    private final Map<String, Object> arguments;
    private final CallContext context;
    private final String fingerprint;
    private final Preview preview;
    private final List<Map<String, Object>> files;
    private final PreviewHtml html;
    private final String tool;
    private final String title;
    private final Instant asked;
    private final Instant end;
    private final int characters;

    private State state = State.WAITING;
    private @Nullable Decision decision;
    private @Nullable Instant decided;
    private @Nullable String message;
    private @Nullable Outcome outcome;
    private CallNotes.Labels labels = CallNotes.Labels.NONE;
    private List<String> quotes = List.of();
    private boolean isTold;

    /** Until when the process that carries the call out is known to live; null if none does, or none shares it. */
    private @Nullable Instant lease;

    PendingEntry(
            String id,
            Call call,
            String fingerprint,
            Preview preview,
            List<Map<String, Object>> files,
            Instant now,
            Duration life) {
        this.id = id;
        this.name = call.name();
        this.arguments = call.arguments();
        this.context = later(call.context());
        this.fingerprint = fingerprint;
        this.preview = preview;
        this.files = files;
        this.html = PreviewHtml.of(call, preview.full());
        this.tool = call.tool().name();
        this.title = call.tool().title();
        this.asked = now;
        this.end = now.plus(life);
        this.characters = Text.json(arguments).length();
    }

    private PendingEntry(JsonDocument stored) {
        this.id = StoredJson.need(stored.text("id"));
        this.name = StoredJson.need(stored.text("name"));
        this.arguments = StoredJson.values(StoredJson.need(stored.document("arguments")));
        this.context = StoredJson.context(StoredJson.need(stored.document("context")));
        this.fingerprint = StoredJson.need(stored.text("fingerprint"));
        this.preview = Preview.of(StoredJson.need(stored.document("preview")).toMap());
        this.files = stored.objects("files", file -> StoredJson.values(new JsonDocument(file)));
        this.html = new PreviewHtml(preview.full(), stored.text("body"));
        this.tool = StoredJson.need(stored.text("tool"));
        this.title = StoredJson.need(stored.text("title"));
        this.asked = Instant.parse(StoredJson.need(stored.text("asked")));
        this.end = Instant.parse(StoredJson.need(stored.text("end")));
        this.characters = Text.json(arguments).length();
        this.state = State.valueOf(StoredJson.need(stored.text("state")));
        this.decision = StoredJson.decision(stored.document("decision"), fingerprint, preview.to(), files);
        this.decided = StoredJson.time(stored.text(DECIDED));
        this.lease = StoredJson.time(stored.text("lease"));
        this.message = stored.text("message");
        this.outcome = StoredJson.outcome(stored.document("outcome"));
        this.labels =
                StoredJson.labels(StoredJson.need(stored.document("labels")).toMap());
        this.quotes = stored.texts("quotes");
        this.isTold = Boolean.TRUE.equals(stored.flag("is_told"));
    }

    /** The entry that {@link #toMap} has written. */
    static PendingEntry of(Map<String, @Nullable Object> stored) {
        return new PendingEntry(new JsonDocument(stored));
    }

    /** Whether what {@link #toMap} has written was decided at this time. */
    static boolean wasDecided(Map<String, @Nullable Object> stored, Instant time) {
        return time.toString().equals(stored.get(DECIDED));
    }

    /** This entry as JSON, for the shared state. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("name", name);
        map.put("arguments", arguments);
        // Once it is settled, the credential is no longer needed.
        map.put("context", StoredJson.of(context, !isSettled()));
        map.put("fingerprint", fingerprint);
        map.put("preview", preview.toMap());
        map.put("files", files);
        map.put("body", html.body());
        map.put("tool", tool);
        map.put("title", title);
        map.put("asked", asked.toString());
        map.put("end", end.toString());
        map.put("state", state.name());
        map.put("decision", StoredJson.of(decision));
        map.put(DECIDED, decided == null ? null : decided.toString());
        map.put("lease", lease == null ? null : lease.toString());
        map.put("message", message);
        map.put("outcome", StoredJson.of(outcome));
        map.put("labels", StoredJson.of(labels));
        map.put("quotes", quotes);
        map.put("is_told", isTold);
        return map;
    }

    /** The context without what ends with the first call: its cancellations, progress and confirmation. */
    private static CallContext later(CallContext context) {
        return StoredJson.context(
                context.grant(),
                context.tenant(),
                context.caller(),
                context.session(),
                context.credential(),
                context.scope());
    }

    String id() {
        return id;
    }

    String fingerprint() {
        return fingerprint;
    }

    State state() {
        return state;
    }

    Instant end() {
        return end;
    }

    Preview preview() {
        return preview;
    }

    @Nullable
    Instant decided() {
        return decided;
    }

    /** The outcome of an approved or declined call; null while it waits or acts, or if the stages threw. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** The labels of texts in the outcome that people wrote. */
    CallNotes.Labels labels() {
        return labels;
    }

    /** The words of the service in an outcome that is an error. */
    List<String> quotes() {
        return quotes;
    }

    boolean isSettled() {
        return !UNSETTLED.contains(state);
    }

    PendingEntry expireAt(Instant now) {
        if (isOverdue(now)) {
            state = State.EXPIRED;
        }
        return this;
    }

    void leaseUntil(Instant time) {
        lease = time;
    }

    /** Whether nobody has decided in time, as far as this process knows. */
    boolean isOverdue(Instant now) {
        return state == State.WAITING && !isOpenAt(now);
    }

    /** Whether people may still decide then. */
    boolean isOpenAt(Instant now) {
        return now.isBefore(end);
    }

    /** Whether a person has declined it. */
    boolean isDeclined() {
        return decision != null && !decision.approves();
    }

    /** What the person who declined says; may be empty. */
    String words() {
        return decision == null ? "" : decision.words();
    }

    /** Whether the process that carried the call out has stopped before it could say what came of it. */
    boolean isAbandoned(Instant now) {
        return state == State.ACTING && lease != null && !now.isBefore(lease);
    }

    /** How long the arguments are, of which an entry keeps some copies. */
    int characters() {
        return characters;
    }

    /** Whether the call waits or acts, and is of the same caller and tenant as another one. */
    boolean isOpenFor(CallContext other) {
        return !isSettled()
                && Objects.equals(context.caller(), other.caller())
                && Objects.equals(context.tenant(), other.tenant());
    }

    boolean isSettledBefore(Instant time) {
        return isSettled() && (decided == null ? end : decided).isBefore(time);
    }

    /** Returns true the first time: the model learns once that nothing was done. */
    boolean tell() {
        boolean isFirst = !isTold;
        isTold = true;
        return isFirst;
    }

    /** Returns the same call with the decision, to be run again. */
    Call decide(boolean approves, String by, String channel, String words, Instant now) {
        state = State.ACTING;
        decided = now;
        message = words.isEmpty() ? null : words;
        decision = new Decision(
                approves, by, channel, words, Duration.between(asked, now), fingerprint, preview.to(), files);
        return Call.begin(name, Given.of(arguments), context, QueueTurn.AT_ONCE).decided(decision);
    }

    void waitAgain(String why) {
        state = State.WAITING;
        decision = null;
        decided = null;
        message = why;
    }

    /** @param ended null if the stages threw */
    void end(@Nullable Outcome ended, CallNotes notes) {
        boolean approved = decision != null && decision.approves();
        outcome = ended;
        labels = notes.labels();
        quotes = notes.quotes();
        if (!approved) {
            state = State.DECLINED;
        } else if (ended instanceof Outcome.Refused refused) {
            state = refused.isOpen() ? State.UNKNOWN : State.FAILED;
            message = refused.message();
        } else {
            state = ended == null ? State.UNKNOWN : State.DONE;
            if (ended instanceof Outcome.NotExecuted instead && DONE_BEFORE.contains(instead.code())) {
                message = "An equal call had done this before. Nothing was sent now.";
            } else if (ended instanceof Outcome.Done done && notes.isPartly()) {
                message = "Not all of it was carried out. "
                        + done.answer().getOrDefault("summary", done.answer().get(ThenStage.NOTICE));
            }
        }
    }

    PendingCall seen() {
        return new Seen(
                id,
                state,
                tool,
                title,
                context.tenant(),
                context.caller(),
                asked,
                end,
                preview.full(),
                html,
                decision == null ? null : decision.by(),
                decision == null ? null : decision.channel(),
                decided,
                message);
    }

    /** What approvers see of an entry. */
    private record Seen(
            String id,
            State state,
            String tool,
            String title,
            @Nullable String tenant,
            @Nullable String caller,
            Instant askedAt,
            Instant expiresAt,
            Map<String, Object> preview,
            PreviewHtml rendered,
            @Nullable String decidedBy,
            @Nullable String channel,
            @Nullable Instant decidedAt,
            @Nullable String message)
            implements PendingCall {

        @Override
        public String text() {
            return Preview.text(preview);
        }

        @Override
        public String html() {
            return rendered.whole();
        }

        @Override
        public @Nullable String body() {
            return rendered.body();
        }

        @Override
        public String toString() {
            return "PendingCall[" + tool + ", " + state + ", caller " + caller + "]";
        }
    }
}
