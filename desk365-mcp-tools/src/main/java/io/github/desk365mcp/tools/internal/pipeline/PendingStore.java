package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import io.github.desk365mcp.tools.host.PendingCalls;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.StateException;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls that wait for a person. A decision runs the call through all stages again. Thread-safe. */
public final class PendingStore implements PendingCalls {

    private static final int MOST_WAITING = 200;
    private static final int MOST_WAITING_OF_CALLER = 50;

    /** Characters of the arguments of all entries. */
    private static final long MOST_CHARACTERS = 5_000_000;

    private static final int MOST_DECIDED = 200;
    private static final int LONGEST_WORDS = 500;
    private static final int BYTES = 16;

    /** Nothing was sent, and the same call may succeed soon: the person can approve it again. */
    private static final Set<String> PASSING = Set.of(ErrorCodes.BUSY, ErrorCodes.RATE_LIMITED, ErrorCodes.NO_ANSWER);

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Duration life;
    private final PendingNotices notices;
    private final PendingAnswers answers;
    private final Function<Call, Outcome> stages;

    /** Whether a stage before this one has looked for what a lost call created. */
    private final boolean looksUpLost;

    /** By identifier, oldest first. The lock of this map guards the entries too. */
    private final Map<String, PendingEntry> entries = new LinkedHashMap<>();

    /** The entries of all processes; null if they are kept here alone. */
    private final @Nullable SharedPending shared;

    private final Heartbeat leases = new Heartbeat(SharedClaims.RENEWED_EACH);

    /** Looks for decisions of other processes while calls of this one wait. */
    private final Heartbeat.Beat watch = this::watch;

    /** Apart from the leases, which must not wait for the host's listener. */
    private final Heartbeat watching = new Heartbeat(SharedClaims.RENEWED_EACH);

    /** Calls that began to wait here, until the listener has been told of the decision. */
    private final Set<String> awaited = new HashSet<>();

    /** Decisions of other processes that the listener has not been told of. */
    private final Queue<PendingCall> decidedElsewhere = new ConcurrentLinkedQueue<>();

    /** @param stages runs a call through all stages */
    PendingStore(Policy policy, Function<Call, Outcome> stages) {
        this.clock = policy.clock();
        this.life = policy.approvalsLast();
        this.notices = new PendingNotices(policy.pendingListener());
        this.answers = new PendingAnswers(policy);
        this.stages = stages;
        this.looksUpLost = !policy.duplicates().isZero();
        Records records = Records.ofText(policy);
        this.shared = records == null ? null : new SharedPending(records, entries, life);
    }

    /** Reads what other processes have changed. */
    private void refresh() {
        if (shared == null) {
            return;
        }
        shared.refresh();
        Instant now = clock.instant();
        for (PendingEntry entry : List.copyOf(entries.values())) {
            // Leases are renewed without a new revision, and a revision can be missing if the state was not reached.
            PendingEntry current = entry.isAbandoned(now) || entry.isOverdue(now) ? shared.reread(entry) : null;
            if (current != null && current.isAbandoned(now)) {
                // The process that carried it out was killed.
                current.end(null, new CallNotes());
                shared.change(current);
            }
        }
        for (String id : List.copyOf(awaited)) {
            PendingEntry entry = entries.get(id);
            if (entry == null || entry.expireAt(now).isSettled()) {
                awaited.remove(id);
                if (entry != null && entry.state() != State.EXPIRED) {
                    decidedElsewhere.add(entry.seen());
                }
            }
        }
    }

    /** Tells the listener what was decided at other processes. Not called with the lock. */
    private void tellElsewhere() {
        for (PendingCall call = decidedElsewhere.poll(); call != null; call = decidedElsewhere.poll()) {
            notices.decided(call);
        }
    }

    private boolean watch() {
        boolean isAwaited;
        synchronized (entries) {
            refresh();
            isAwaited = !awaited.isEmpty();
        }
        tellElsewhere();
        return isAwaited;
    }

    /** Returns an outcome that the model is told once; null if it was told, or if somebody else decides meanwhile. */
    private @Nullable Outcome once(PendingEntry entry, String fingerprint, Call call, Supplier<Outcome> outcome) {
        if (!entry.tell()) {
            return null;
        }
        return shared == null || shared.change(entry) ? outcome.get() : outcomeOf(fingerprint, call);
    }

    /** Returns what an equal call has led to; null if a person is to be asked. */
    @Nullable
    Outcome outcomeOf(String fingerprint, Call call) {
        synchronized (entries) {
            refresh();
            PendingEntry entry = latest(fingerprint);
            if (entry == null) {
                return null;
            }
            return switch (entry.state()) {
                case WAITING -> answers.waits(call, entry);
                case ACTING -> answers.acts(call, entry);
                // The same call may go on with the rest, so the next one is asked about again.
                case DONE ->
                    isPart(call, entry)
                            ? once(entry, fingerprint, call, () -> answers.ended(call, entry))
                            : answers.ended(call, entry);
                case DECLINED -> answers.ended(call, entry);
                // If what it created had been found, the call would not come here.
                case UNKNOWN ->
                    looksUpLost && call.tool().verb() == Tool.Verb.CREATES ? null : answers.ended(call, entry);
                // Nothing was done, so the next call is asked about again.
                case FAILED -> once(entry, fingerprint, call, () -> answers.ended(call, entry));
                case EXPIRED -> once(entry, fingerprint, call, answers::expired);
            };
        }
    }

    private static boolean isPart(Call call, PendingEntry entry) {
        return call.tool().one() != null
                && entry.outcome() instanceof Outcome.Done done
                && Boolean.FALSE.equals(done.answer().get("complete"));
    }

    /** Returns the latest entry of an equal call; null if there is none, or it ended too long ago. */
    private @Nullable PendingEntry latest(String fingerprint) {
        Instant now = clock.instant();
        PendingEntry latest = null;
        for (PendingEntry entry : entries.values()) {
            if (entry.fingerprint().equals(fingerprint)) {
                latest = entry.expireAt(now);
            }
        }
        return latest == null || latest.isSettledBefore(now.minus(life)) ? null : latest;
    }

    /** Lets a call wait for a person. */
    Outcome add(Call call, String fingerprint, Preview preview, List<Map<String, Object>> files) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        PendingEntry added = new PendingEntry(id, call, fingerprint, preview, files, clock.instant(), life);
        synchronized (entries) {
            do {
                // If it could not be added, another process has added one that may be equal.
                entries.remove(id);
                Outcome equal = outcomeOf(fingerprint, call);
                if (equal != null) {
                    return equal;
                }
                forgetOld(added.characters());
                if (isFull(added, call.context())) {
                    return answers.tooMany();
                }
                entries.put(id, added);
            } while (shared != null && !shared.add(added));
            if (shared != null && notices.listener() != null) {
                awaited.add(id);
                watching.add(watch);
            }
        }
        if (!call.context().hasApprovalCard()) {
            notices.waits(added.seen());
        }
        return answers.waits(call, added);
    }

    private boolean isFull(PendingEntry added, CallContext context) {
        long open = 0;
        long ofCaller = 0;
        for (PendingEntry entry : entries.values()) {
            open += entry.isSettled() ? 0 : 1;
            ofCaller += entry.isOpenFor(context) ? 1 : 0;
        }
        return open >= MOST_WAITING
                || ofCaller >= MOST_WAITING_OF_CALLER
                || characters() + added.characters() > MOST_CHARACTERS;
    }

    private long characters() {
        return entries.values().stream().mapToLong(PendingEntry::characters).sum();
    }

    /** Forgets the oldest decided calls if there are too many, or if a new one needs their room. */
    private void forgetOld(int more) {
        int surplus = entries.size() - MOST_WAITING - MOST_DECIDED;
        long surplusCharacters = characters() + more - MOST_CHARACTERS;
        Iterator<PendingEntry> all = entries.values().iterator();
        while ((surplus > 0 || surplusCharacters > 0) && all.hasNext()) {
            PendingEntry oldest = all.next().expireAt(clock.instant());
            if (oldest.isSettled()) {
                all.remove();
                surplus--;
                surplusCharacters -= oldest.characters();
            }
        }
    }

    @Override
    public List<PendingCall> waiting() {
        return refreshed(() -> seen(entry -> !entry.isSettled()));
    }

    @Override
    public List<PendingCall> decided() {
        List<PendingCall> decided = refreshed(() -> seen(PendingEntry::isSettled));
        Collections.reverse(decided);
        return decided;
    }

    private <T> T refreshed(Supplier<T> read) {
        return StateException.reach(() -> {
            synchronized (entries) {
                refresh();
                return read.get();
            }
        });
    }

    private List<PendingCall> seen(Predicate<PendingEntry> which) {
        Instant now = clock.instant();
        List<PendingCall> seen = new ArrayList<>();
        for (PendingEntry entry : entries.values()) {
            if (which.test(entry.expireAt(now))) {
                seen.add(entry.seen());
            }
        }
        return seen;
    }

    @Override
    public Optional<PendingCall> find(String id) {
        return refreshed(() -> Optional.ofNullable(entries.get(id))
                .map(entry -> entry.expireAt(clock.instant()).seen()));
    }

    /** The same for an identifier that does not exist and for one of another caller. */
    static IllegalArgumentException noSuchCall() {
        return new IllegalArgumentException("No call has this identifier; it may be long decided");
    }

    @Override
    public PendingCall approve(String id, String by, String channel) {
        return StateException.reach(() -> decide(id, true, by, channel, ""));
    }

    @Override
    public PendingCall decline(String id, String by, String channel, String words) {
        String shown = Text.cut(Invisible.strip(words.strip()), LONGEST_WORDS);
        return StateException.reach(() -> decide(id, false, by, channel, shown));
    }

    private PendingCall decide(String id, boolean approves, String by, String channel, String words) {
        PendingEntry entry;
        Call call;
        synchronized (entries) {
            refresh();
            Instant now = clock.instant();
            entry = known(id);
            if (entry.expireAt(now).state() != State.WAITING) {
                return entry.seen();
            }
            call = entry.decide(approves, by, channel, words, now);
            entry.leaseUntil(now.plus(SharedClaims.LEASE));
            if (shared != null && !shared.change(entry)) {
                // Somebody has decided at another process meanwhile.
                refresh();
                return known(id).seen();
            }
        }
        SharedPending all = shared;
        if (all != null) {
            leases.add(() -> renew(entry, all));
        }
        Outcome outcome = null;
        PendingCall seen;
        try {
            outcome = stages.apply(call);
        } finally {
            seen = end(entry, call, outcome);
        }
        return seen;
    }

    private PendingEntry known(String id) {
        PendingEntry entry = entries.get(id);
        if (entry == null) {
            throw noSuchCall();
        }
        return entry;
    }

    /** @param outcome null if the stages threw */
    private PendingCall end(PendingEntry entry, Call call, @Nullable Outcome outcome) {
        PendingCall seen;
        synchronized (entries) {
            Instant decided = Objects.requireNonNull(entry.decided());
            if (outcome instanceof Outcome.Refused refused
                    && PASSING.contains(refused.code())
                    && entry.isOpenAt(clock.instant())) {
                entry.waitAgain(refused.message());
            } else {
                entry.end(outcome, call.notes());
            }
            if (shared != null) {
                Records.quietly(() -> shared.end(entry, decided));
            }
            if (entry.isSettled()) {
                awaited.remove(entry.id());
            }
            seen = entry.seen();
        }
        if (seen.state() != State.WAITING) {
            tellElsewhere();
            notices.decided(seen);
        }
        return seen;
    }

    /** Renews the lease of a call that this process carries out; returns false once it has ended. */
    private boolean renew(PendingEntry entry, SharedPending all) {
        synchronized (entries) {
            if (entry.state() != State.ACTING) {
                return false;
            }
            entry.leaseUntil(clock.instant().plus(SharedClaims.LEASE));
            return all.renew(entry);
        }
    }
}
