package io.github.desk365mcp.tools.internal.pipeline;

import static io.github.desk365mcp.tools.internal.state.StateException.reach;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.SharedState;
import io.github.desk365mcp.tools.host.ToolGrant;
import io.github.desk365mcp.tools.host.ToolGrants;
import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.Records.Stored;
import io.github.desk365mcp.tools.internal.state.StateException;
import io.github.desk365mcp.tools.internal.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a value for each grant, and a list of all. The key of a value is a part of the hash of the secret, so that one
 * exchange finds it. A value is stored before it is listed, and removed before it leaves the list: a value that no list
 * names has a secret that nobody has got, and a listed one that does not exist is ignored. For the same reason, the list
 * never has an earlier end than the value.
 */
final class GrantStore implements ToolGrants {

    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = PREFIX.length() + (SECRET_BYTES * 8 + 5) / 6;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_TRIES = 200;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** For how long a grant that was read is used without reading it again. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final String LIST = "grants";
    private static final String ID = "id";
    private static final String END = "expires_at";
    private static final String HASH = "hash";

    private static final System.Logger LOG = System.getLogger(GrantStore.class.getName());

    private final Policy policy;
    private final Clock clock;
    private final Admission admission;
    private final ToolDirectory directory;
    private final Records records;

    GrantStore(Policy policy, Admission admission, ToolDirectory directory) {
        this.policy = policy;
        this.clock = policy.clock();
        this.admission = admission;
        this.directory = directory;
        Records shared = Records.of(policy);
        this.records =
                shared == null ? Objects.requireNonNull(Records.of(policy.state(SharedState.inMemory(clock)))) : shared;
    }

    @Override
    public Issued issue(ToolGrant wanted) {
        Instant now = clock.instant();
        check(wanted.name());
        check(wanted.endsAt(), now);
        new ToolSelector(wanted.selection()).within(admission.ceiling().tools(), admission.known());
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] hash = hash(secret);
        ToolGrant grant = wanted.issued(id(hash), now, now, now);
        return reach(() -> {
            Stored stored = records.putIfAbsent(
                            key(grant.id()), value(grant, HexFormat.of().formatHex(hash)), life(grant, now))
                    .stored();
            boolean isListed = false;
            try {
                changeList(items -> with(items, grant));
                isListed = true;
            } finally {
                if (!isListed) {
                    Records.quietly(() -> records.remove(stored));
                }
            }
            return new Issued(secret, grant);
        });
    }

    @Override
    public Optional<ToolGrant> find(String secret) {
        if (secret.length() != SECRET_LENGTH || !secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] hash = hash(secret);
        Stored stored = reach(() -> records.get(key(id(hash))));
        return stored == null
                        || !MessageDigest.isEqual(
                                text(HexFormat.of().formatHex(hash)),
                                text(String.valueOf(stored.value().get(HASH))))
                ? Optional.empty()
                : Optional.ofNullable(valid(id(hash), stored));
    }

    @Override
    public Optional<ToolGrant> get(String id) {
        return isId(id)
                ? reach(() -> Optional.ofNullable(records.get(key(id))).map(stored -> valid(id, stored)))
                : Optional.empty();
    }

    @Override
    public List<ToolGrant> list() {
        Instant now = clock.instant();
        List<ToolGrant> grants = new ArrayList<>();
        for (Map<String, @Nullable Object> item : items(reach(() -> records.get(LIST)), now)) {
            get(String.valueOf(item.get(ID))).ifPresent(grants::add);
        }
        return grants;
    }

    @Override
    public Optional<ToolGrant> end(String id, @Nullable Instant end) {
        Instant now = clock.instant();
        check(end, now);
        return isId(id) ? reach(() -> change(id, end, now)) : Optional.empty();
    }

    private Optional<ToolGrant> change(String id, @Nullable Instant end, Instant now) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Stored stored = records.get(key(id));
            ToolGrant grant = stored == null ? null : valid(id, stored);
            if (stored == null || grant == null) {
                return Optional.empty();
            }
            ToolGrant changed = grant.endsAt(end).issued(id, grant.createdAt(), now, now);
            Map<String, @Nullable Object> value = value(changed, stored.value().get(HASH));
            boolean isLonger = life(changed, now).compareTo(life(grant, now)) > 0;
            if (isLonger) {
                changeList(items -> changed(items, changed));
            }
            if (records.replace(stored, value, life(changed, now)) != null) {
                if (!isLonger) {
                    changeList(items -> changed(items, changed));
                }
                return Optional.of(changed);
            }
        }
        throw tooBusy();
    }

    @Override
    public boolean revoke(String id) {
        return isId(id) && reach(() -> remove(id));
    }

    private boolean remove(String id) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Stored stored = records.get(key(id));
            if (stored == null || records.remove(stored)) {
                changeList(items -> without(items, id));
                return stored != null && valid(id, stored) != null;
            }
        }
        throw tooBusy();
    }

    @Override
    public List<String> tools(ToolGrant grant) {
        Admission.Visible visible = admission.granted(grant);
        return visible.tools().stream()
                .map(tool -> directory.names(visible).of(tool.name()))
                .toList();
    }

    /**
     * Whether a call with this grant may go on: it was read just now, or still exists. Unlike the methods for hosts, it
     * throws a {@link StateException}, so that a call ends as with every other failure of the state.
     */
    boolean stands(@Nullable ToolGrant grant) {
        if (grant == null) {
            return true;
        }
        Duration age = Duration.between(grant.confirmedAt(), clock.instant());
        return !age.isNegative() && age.compareTo(FRESH) < 0 || isKept(grant.id());
    }

    private boolean isKept(String id) {
        Stored stored = records.get(key(id));
        return stored != null && valid(id, stored) != null;
    }

    // Checks.

    private static void check(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(GrantStore::isHidden)) {
            throw new IllegalArgumentException(
                    "The name must have 1 to " + LONGEST_NAME + " characters, and none that is invisible");
        }
    }

    /** A name must look like itself in every list; joiners are parts of words and emoji. */
    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> point != 0x200C && point != 0x200D;
            default -> false;
        };
    }

    private void check(@Nullable Instant end, Instant now) {
        if (end == null) {
            return;
        }
        Instant last = policy.endsAt();
        if (!now.isBefore(end)) {
            throw new IllegalArgumentException(
                    "The end " + end + " is in the past; give a later time, or null for no end");
        }
        if (last != null && end.isAfter(last)) {
            throw new IllegalArgumentException(
                    "The end " + end + " is after " + last + ", when all access ends; give an earlier time");
        }
        if (end.isAfter(now.plus(LONGEST))) {
            throw new IllegalArgumentException("The end " + end + " is more than ten years away");
        }
    }

    /** Returns null if the grant has ended, or if this version cannot read it: better nothing than too much. */
    private @Nullable ToolGrant valid(String id, Stored stored) {
        Instant now = clock.instant();
        try {
            ToolGrant read = StoredJson.grant(new JsonDocument(stored.value()), now);
            new ToolSelector(read.selection()).checkWords(admission.known().tools());
            return read.id().equals(id) && !read.hasEnded(now) ? read : null;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A grant of the shared state is not readable: {0}",
                    e.getClass().getName());
            return null;
        }
    }

    // Values.

    private static Map<String, @Nullable Object> value(ToolGrant grant, @Nullable Object hash) {
        Map<String, @Nullable Object> value = StoredJson.of(grant);
        value.put(HASH, hash);
        return value;
    }

    private static byte[] hash(String secret) {
        return Sha256.of(text(secret));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first half of the hash. */
    private static String id(byte[] hash) {
        ByteBuffer half = ByteBuffer.wrap(hash);
        return new UUID(half.getLong(), half.getLong()).toString();
    }

    private static boolean isId(String id) {
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private static String key(String id) {
        return "grant/" + id;
    }

    private static Duration life(ToolGrant grant, Instant now) {
        Instant end = grant.endsAt();
        return end == null ? LONGEST : Duration.between(now, end);
    }

    // The list.

    private void changeList(UnaryOperator<List<Map<String, @Nullable Object>>> change) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Stored known = records.get(LIST);
            Map<String, Object> next = Map.of(LIST, change.apply(items(known, clock.instant())));
            boolean isChanged = known == null
                    ? records.putIfAbsent(LIST, next, LONGEST).isNew()
                    : records.replace(known, next, LONGEST) != null;
            if (isChanged) {
                return;
            }
        }
        throw tooBusy();
    }

    /** The listed grants that have not ended. */
    private static List<Map<String, @Nullable Object>> items(@Nullable Stored list, Instant now) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        if (list != null) {
            for (JsonDocument item : new JsonDocument(list.value()).objects(LIST, JsonDocument::new)) {
                Instant end = StoredJson.time(item.text(END));
                if (end == null || now.isBefore(end)) {
                    items.add(new LinkedHashMap<>(item.toMap()));
                }
            }
        }
        return items;
    }

    private List<Map<String, @Nullable Object>> with(List<Map<String, @Nullable Object>> items, ToolGrant grant) {
        if (items.size() >= MOST) {
            // Some may have been revoked when the list could not be changed.
            items.removeIf(item -> records.get(key(String.valueOf(item.get(ID)))) == null);
        }
        if (items.size() >= MOST) {
            throw new IllegalStateException("There are " + MOST + " already; revoke one that is not used any more");
        }
        items.add(item(grant));
        return items;
    }

    private static List<Map<String, @Nullable Object>> changed(
            List<Map<String, @Nullable Object>> items, ToolGrant grant) {
        items.replaceAll(item -> grant.id().equals(item.get(ID)) ? item(grant) : item);
        return items;
    }

    private static List<Map<String, @Nullable Object>> without(List<Map<String, @Nullable Object>> items, String id) {
        items.removeIf(item -> id.equals(item.get(ID)));
        return items;
    }

    private static Map<String, @Nullable Object> item(ToolGrant grant) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put(ID, grant.id());
        Instant end = grant.endsAt();
        if (end != null) {
            item.put(END, end.toString());
        }
        return item;
    }

    private static UncheckedIOException tooBusy() {
        return new UncheckedIOException(new IOException("Too many changes at once; try again"));
    }
}
