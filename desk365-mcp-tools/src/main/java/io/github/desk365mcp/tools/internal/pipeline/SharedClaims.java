package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.LostCall;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.Records.Stored;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Claims that all processes see. A claim is leased: its holder renews it, and checks it before it sends. The claim of a
 * process that was killed ends with its lease; its call then counts as one without a response. Thread-safe.
 */
final class SharedClaims implements Claims {

    /** How long a claim lasts if it is not renewed, and how often it is renewed. */
    static final Duration LEASE = Duration.ofSeconds(15);

    static final Duration RENEWED_EACH = Duration.ofSeconds(4);

    // Fields and states of a stored claim.
    private static final String STATE = "state";
    private static final String UNDER_WAY = "under_way";
    private static final String MADE = "made";
    private static final String LOST = "lost";
    private static final String LEASE_END = "lease_end";
    private static final String LOST_BEFORE = "lost_before";
    private static final String KEY = "key";
    private static final String SENT = "sent";
    private static final String BEGAN = "began";
    private static final String ENDED = "ended";

    /** Added to the key of a record for calls with files, if the record without files was created. */
    private static final String WITH_FILES = "/files";

    private static final Outcome.Refused TAKEN = new Outcome.Refused(
            ErrorCodes.BUSY,
            "Nothing was sent: this process was stopped for so long that another one may make the same call now. Repeat"
                    + " the same call.");

    private final Records records;
    private final Clock clock;
    private final Duration window;
    private final Duration memory;
    private final Heartbeat heartbeat = new Heartbeat(RENEWED_EACH);

    SharedClaims(Records records, Clock clock, Duration window, Duration memory) {
        this.records = records;
        this.clock = clock;
        this.window = window;
        this.memory = memory;
    }

    @Override
    public Attempt claim(String key, String recordKey) {
        Attempt attempt = claimOne(key, key);
        if (!(attempt.own() instanceof Shared own) || key.equals(recordKey)) {
            return attempt;
        }
        // With files: a lost call with other files may have created the same record.
        String otherKey = recordKey + WITH_FILES;
        LostCall lost;
        Attempt record = Attempt.ELSEWHERE;
        try {
            lost = lostUnder(otherKey);
            Attempt one = claimOne(recordKey, key);
            // If the record without files was created, it is another one, and has an entry of its own.
            record = one.made() == null ? one : claimOne(otherKey, key);
        } finally {
            if (record == Attempt.ELSEWHERE) {
                own.release();
            }
        }
        return record.own() instanceof Shared other ? new Attempt(new Both(own, other, lost), null) : record;
    }

    /** The call without a response that another process has remembered; null if there is none. */
    private @Nullable LostCall lostUnder(String key) {
        Stored known = records.get(name(key));
        if (known == null) {
            return null;
        }
        LostCall call;
        if (LOST.equals(known.value().get(STATE))) {
            call = lostCall(known.value());
        } else if (UNDER_WAY.equals(known.value().get(STATE))
                && !clock.instant().isBefore(time(known.value(), LEASE_END))) {
            call = abandoned(known.value());
        } else {
            return null;
        }
        return isRemembered(call) ? call : null;
    }

    private boolean isRemembered(@Nullable LostCall call) {
        return call != null && clock.instant().isBefore(call.ended().plus(memory));
    }

    private static String name(String key) {
        return "create/" + key;
    }

    /** @param callKey of exactly the call, if the claim is on its record */
    private Attempt claimOne(String key, String callKey) {
        String name = name(key);
        Instant now = clock.instant();
        Records.Put put = records.putIfAbsent(name, underWay(callKey, null, null), life());
        if (put.isNew()) {
            return own(put.stored(), callKey, null);
        }
        Stored known = put.stored();
        Map<String, @Nullable Object> value = known.value();
        if (MADE.equals(value.get(STATE))) {
            return new Attempt(null, answer(value));
        }
        LostCall before;
        if (LOST.equals(value.get(STATE))) {
            before = lostCall(value);
        } else if (now.isBefore(time(value, LEASE_END))) {
            return Attempt.ELSEWHERE;
        } else {
            before = abandoned(value);
        }
        before = isRemembered(before) ? before : null;
        Stored taken = records.replace(known, underWay(callKey, null, before), life());
        return taken == null ? Attempt.ELSEWHERE : own(taken, callKey, before);
    }

    private Attempt own(Stored stored, String callKey, @Nullable LostCall before) {
        Shared own = new Shared(stored, callKey, before);
        heartbeat.add(own);
        return new Attempt(own, null);
    }

    /** The lost call of a process that was killed; null if that process had sent nothing. */
    private static @Nullable LostCall abandoned(Map<String, @Nullable Object> value) {
        LostCall earlier = value.get(LOST_BEFORE) instanceof Map<?, ?> lost ? lostCall(fields(lost)) : null;
        if (value.get(SENT) == null) {
            return earlier;
        }
        Instant began = earlier == null ? time(value, SENT) : earlier.began();
        return new LostCall(began, time(value, LEASE_END), String.valueOf(value.get(KEY)), null, false);
    }

    private Duration life() {
        return LEASE.plus(memory);
    }

    private Map<String, Object> underWay(String callKey, @Nullable Instant sent, @Nullable LostCall before) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(STATE, UNDER_WAY);
        value.put(KEY, callKey);
        if (sent != null) {
            value.put(SENT, sent.toString());
        }
        value.put(LEASE_END, clock.instant().plus(LEASE).toString());
        // So that no two claims are stored as the same value.
        value.put("holder", heartbeat.process());
        if (before != null) {
            value.put(LOST_BEFORE, value(before));
        }
        return value;
    }

    private static Map<String, Object> value(LostCall call) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(STATE, LOST);
        value.put(BEGAN, call.began().toString());
        value.put(ENDED, call.ended().toString());
        value.put(KEY, call.key());
        value.put("is_searched", call.isSearched());
        Duration offset = call.clockOffset();
        if (offset != null) {
            value.put("clock_offset", offset.toString());
        }
        return value;
    }

    private static LostCall lostCall(Map<String, @Nullable Object> value) {
        return new LostCall(
                time(value, BEGAN),
                time(value, ENDED),
                String.valueOf(value.get(KEY)),
                value.get("clock_offset") instanceof String offset ? Duration.parse(offset) : null,
                Boolean.TRUE.equals(value.get("is_searched")));
    }

    private static Claim.Made answer(Map<String, @Nullable Object> value) {
        Map<String, Object> answer = null;
        CallNotes.Labels labels = CallNotes.Labels.NONE;
        if (value.get("answer") instanceof Map<?, ?> kept) {
            answer = new LinkedHashMap<>();
            for (Map.Entry<String, @Nullable Object> field : fields(kept).entrySet()) {
                answer.put(field.getKey(), Objects.requireNonNull(field.getValue()));
            }
            labels = StoredJson.labels(value);
        }
        return new Claim.Made(answer, labels, time(value, ENDED));
    }

    private static Instant time(Map<String, @Nullable Object> value, String field) {
        return Instant.parse(String.valueOf(value.get(field)));
    }

    @SuppressWarnings("unchecked") // Parsed from JSON, so the keys are strings.
    private static Map<String, @Nullable Object> fields(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }

    /** A claim that is stored until it ends. */
    private final class Shared implements Claim, Heartbeat.Beat {

        private final String callKey;
        private final @Nullable LostCall before;

        /** When the request was about to be sent; null before. */
        private @Nullable Instant sent;

        /** Null once the claim has ended, or another process has taken it. */
        private @Nullable Stored stored;

        Shared(Stored stored, String callKey, @Nullable LostCall before) {
            this.stored = stored;
            this.callKey = callKey;
            this.before = before;
        }

        @Override
        public @Nullable LostCall before() {
            return before;
        }

        @Override
        public synchronized boolean renew() {
            Stored known = stored;
            if (known != null) {
                stored = records.replace(known, underWay(callKey, sent, before), life());
            }
            return stored != null;
        }

        /** Records that the request is about to be sent, if the claim is still held. */
        private synchronized boolean send() {
            sent = clock.instant();
            return renew();
        }

        @Override
        public Call.Permit permit() {
            return () -> send() ? null : TAKEN;
        }

        @Override
        public void searched() {
            if (before != null) {
                end(value(before.searched()), memory);
            }
        }

        @Override
        public boolean lost(LostCall call) {
            end(value(call), memory);
            return true;
        }

        @Override
        public void made(Made answer) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put(STATE, MADE);
            value.put(ENDED, answer.at().toString());
            Map<String, Object> kept = answer.answer();
            if (records.keepText() && kept != null) {
                value.put("answer", kept);
                value.putAll(StoredJson.of(answer.labels()));
            }
            end(value, window);
        }

        @Override
        public void release() {
            if (before != null) {
                end(value(before), memory);
                return;
            }
            forget();
        }

        /** Ends the claim, and with it the memory of an earlier lost call. */
        void forget() {
            Stored known = end();
            if (known != null) {
                Records.quietly(() -> records.remove(known));
            }
        }

        private void end(Map<String, Object> value, Duration life) {
            Stored known = end();
            if (known != null) {
                Records.quietly(() -> records.replace(known, value, life));
            }
        }

        private synchronized @Nullable Stored end() {
            heartbeat.remove(this);
            Stored known = stored;
            stored = null;
            return known;
        }
    }

    /**
     * The claims of a call with files: on itself, and on the record that it creates.
     *
     * @param lost an earlier call with files that neither claim knows
     */
    private record Both(Shared own, Shared record, @Nullable LostCall lost) implements Claim {

        @Override
        public @Nullable LostCall before() {
            LostCall known = record.before() == null ? own.before() : record.before();
            return known == null ? lost : known;
        }

        @Override
        public Call.Permit permit() {
            Call.Permit first = own.permit();
            Call.Permit second = record.permit();
            return () -> {
                Outcome.Refused refused = first.use();
                return refused == null ? second.use() : refused;
            };
        }

        @Override
        public void searched() {
            record.searched();
            own.searched();
        }

        @Override
        public boolean lost(LostCall call) {
            own.lost(call);
            return record.lost(call);
        }

        @Override
        public void made(Made answer) {
            own.made(answer);
            // The record without files is not made by this call.
            record.forget();
        }

        @Override
        public void release() {
            own.release();
            record.release();
        }
    }
}
