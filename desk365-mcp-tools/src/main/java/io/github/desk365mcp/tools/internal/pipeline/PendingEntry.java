package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Decision;
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pending call and its state. Guarded by its store. */
final class PendingEntry {

    private static final Set<State> UNSETTLED = Set.of(State.WAITING, State.ACTING);

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

    /** The context without what ends with the first call: its cancellations, progress and confirmation. */
    private static CallContext later(CallContext context) {
        CallContext later = CallContext.none();
        String tenant = context.tenant();
        String caller = context.caller();
        String session = context.session();
        String credential = context.credential();
        Selection scope = context.scope();
        later = tenant == null ? later : later.tenant(tenant);
        later = caller == null ? later : later.caller(caller);
        later = session == null ? later : later.session(session);
        later = credential == null ? later : later.credential(credential);
        return scope == null ? later : later.scope(scope);
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
        if (state == State.WAITING && !now.isBefore(end)) {
            state = State.EXPIRED;
        }
        return this;
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
