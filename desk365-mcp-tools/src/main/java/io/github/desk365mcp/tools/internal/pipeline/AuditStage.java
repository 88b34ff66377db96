package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.host.Outcomes;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Decision;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reports the outcome of each call to the host's listener. A listener that throws does not affect the call. */
public final class AuditStage implements Stage {

    private static final System.Logger LOG = System.getLogger(AuditStage.class.getName());

    private final @Nullable AuditListener listener;
    private final Clock clock;

    public AuditStage(Policy policy) {
        this.listener = policy.audit();
        this.clock = policy.clock();
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (listener == null) {
            return next.run(call);
        }
        AuditListener ofThisCall = begin(listener, call);
        Entry entry = new Entry(clock.instant(), System.nanoTime(), call.name());
        String outcome = Outcomes.FAULT;
        try {
            entry.fingerprint = Fingerprint.of(call.given().orNone());
            Outcome ended = next.run(call);
            boolean isPartly = ended instanceof Outcome.Done && call.notes().isPartly();
            outcome = isPartly ? Outcomes.PARTLY : ended.code();
            return ended;
        } finally {
            end(ofThisCall, entry, call.notes(), outcome);
        }
    }

    private static AuditListener begin(AuditListener listener, Call call) {
        try {
            return listener.begin(call.context());
        } catch (RuntimeException e) {
            log(e);
            return listener;
        }
    }

    private static void end(AuditListener listener, Entry entry, CallNotes notes, String outcome) {
        Tool tool = notes.tool();
        Account account = notes.account();
        AuditRecord record = AuditRecord.of(
                        entry.at,
                        tool == null ? plain(entry.name) : tool.name(),
                        tool == null ? Effects.UNKNOWN : tool.effect(),
                        outcome)
                .tenant(account == null ? null : account.tenant())
                .caller(notes.caller())
                .reachesCustomer(tool != null && !tool.certainReach().isEmpty() || notes.hasReachedCustomer())
                .fingerprint(entry.fingerprint)
                .status(notes.status())
                .calls(notes.calls())
                .followUp(notes.followUpOutcome())
                .took(Duration.ofNanos(System.nanoTime() - entry.began));
        Decision decision = notes.decision();
        if (decision != null) {
            record = record.decision(decision.by(), decision.channel(), decision.took());
        }
        try {
            listener.ended(record);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    private static void log(RuntimeException thrown) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The audit listener threw {0}",
                thrown.getClass().getName());
    }

    /** An unknown name is untrusted input: its characters and length are limited. */
    private static String plain(String name) {
        String word = name.replaceAll("[^\\w.-]", "?");
        return word.length() > 64 ? word.substring(0, 64) : word;
    }

    /** A call in progress. */
    private static final class Entry {

        private final Instant at;
        private final long began;
        private final String name;
        private String fingerprint = "";

        Entry(Instant at, long began, String name) {
            this.at = at;
            this.began = began;
            this.name = name;
        }
    }
}
