package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.StateException;
import io.github.desk365mcp.tools.internal.text.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuses writes of a session that has read untrusted text. Thread-safe. */
public final class LockStage implements Stage {

    private static final int MOST = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);
    private static final Duration RENEWED_AFTER = Duration.ofHours(1);
    private static final String SINCE = "since";

    private static final Outcome.Refused LOCKED = new Outcome.Refused(
            ErrorCodes.LOCKED,
            "This session has read text written by outsiders, so it may only read. Nothing was done. Ask the user to"
                    + " release this session or to start a new one.");

    private static final Outcome.Refused CALLER_LOCKED = new Outcome.Refused(
            ErrorCodes.LOCKED,
            "This caller has read text written by outsiders, so it may only read. Nothing was done. Ask the user to"
                    + " release this caller or to wait a day.");

    private final Clock clock;
    private final @Nullable Records shared;

    /** When each session's lock ends; the session with the oldest read comes first. */
    private final Map<List<String>, Instant> locked = new LinkedHashMap<>();

    public LockStage(Clock clock) {
        this(clock, null);
    }

    /** @param shared the state that processes share; null if there is none */
    LockStage(Clock clock, @Nullable Records shared) {
        this.clock = clock;
        this.shared = shared;
    }

    @Override
    public Outcome run(Call call, Next next) {
        List<String> session = session(call);
        // What a person has decided was decided with the preview in view.
        if (!call.tool().verb().reads() && call.decision() == null && isLocked(session)) {
            return call.context().session() == null ? CALLER_LOCKED : LOCKED;
        }
        call.notes().lockedByReading();
        Outcome outcome = next.run(call);
        if (call.notes().hasRead()) {
            // Agents' messages also lock, since they may quote a customer.
            lock(session, call.tool().verb().reads());
        }
        return outcome;
    }

    /** Identifies a session, for stages that remember something about it. */
    static List<String> session(Call call) {
        return session(AdmissionStage.tenant(call.account(), call.context()), call.context());
    }

    static List<String> session(@Nullable String tenant, CallContext context) {
        // Callers name their sessions independently, so two callers may use the same name.
        return List.of(
                Objects.requireNonNullElse(tenant, ""),
                Objects.requireNonNullElse(context.caller(), ""),
                Objects.requireNonNullElse(context.session(), ""));
    }

    private boolean isLocked(List<String> session) {
        if (shared != null && shared.get(key(session)) != null) {
            return true;
        }
        synchronized (locked) {
            Instant end = locked.get(session);
            return end != null && clock.instant().isBefore(end);
        }
    }

    private static String key(List<String> session) {
        return "lock/" + Fingerprint.sha256(Text.json(Map.of("session", session)));
    }

    private void lock(List<String> session, boolean isRead) {
        Instant now = clock.instant();
        if (shared != null && isStored(session, now, isRead)) {
            return;
        }
        synchronized (locked) {
            locked.remove(session);
            locked.put(session, now.plus(FORGOTTEN_AFTER));
            Iterator<Instant> ends = locked.values().iterator();
            while (ends.hasNext() && (!now.isBefore(ends.next()) || locked.size() > MOST)) {
                ends.remove();
            }
        }
    }

    /** Locks the session for all processes. If that fails, the answer of a read is not given. */
    private boolean isStored(List<String> session, Instant now, boolean isRead) {
        try {
            Records records = Objects.requireNonNull(shared);
            Map<String, Object> value = Map.of(SINCE, now.toString());
            Records.Put put = records.putIfAbsent(key(session), value, FORGOTTEN_AFTER);
            Instant since = Instant.parse(String.valueOf(put.stored().value().get(SINCE)));
            if (since.plus(RENEWED_AFTER).isBefore(now)) {
                // If it has changed meanwhile, another process has renewed it.
                records.replace(put.stored(), value, FORGOTTEN_AFTER);
            }
            return true;
        } catch (StateException unreachable) {
            if (isRead) {
                throw unreachable;
            }
            // The write was made, so at least this process locks the session.
            return false;
        }
    }

    /** @param session as returned by {@link #session(Call)} */
    public void release(List<String> session) {
        Records.Stored stored = shared == null ? null : shared.get(key(session));
        if (shared != null && stored != null) {
            shared.remove(stored);
        }
        synchronized (locked) {
            locked.remove(session);
        }
    }
}
