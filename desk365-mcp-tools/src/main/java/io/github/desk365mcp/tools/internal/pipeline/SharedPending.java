package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.state.Records;
import io.github.desk365mcp.tools.internal.state.Records.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pending calls of all processes: a list of identifiers, and a value for each call. The list has a revision of each
 * call, so that a process reads only what another one has changed. Guarded by the lock of the entries.
 */
final class SharedPending {

    /** How long a call is kept after the end of its wait. */
    private static final Duration LONGER = Duration.ofHours(24);

    private static final String LIST = "pending/list";
    private static final String CALLS = "calls";
    private static final String ID = "id";
    private static final String REVISION = "revision";

    private static final System.Logger LOG = System.getLogger(SharedPending.class.getName());

    private final Records records;
    private final Map<String, PendingEntry> entries;
    private final Map<String, Stored> stored = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private final Map<String, Long> listed = new HashMap<>();
    private final Duration life;

    /** What this process has carried out, and could not store yet, with the time of its decision. */
    private final Map<PendingEntry, Instant> unstored = new LinkedHashMap<>();

    private @Nullable Stored list;

    /**
     * @param entries what this process knows of them, by identifier, oldest first
     * @param wait how long a call waits for a person
     */
    SharedPending(Records records, Map<String, PendingEntry> entries, Duration wait) {
        this.life = wait.plus(LONGER);
        this.records = records;
        this.entries = entries;
    }

    /** Reads what other processes have added, changed or forgotten. */
    void refresh() {
        Map.copyOf(unstored).forEach(this::end);
        list = records.get(LIST);
        listed.clear();
        Map<String, PendingEntry> current = new LinkedHashMap<>();
        for (Map<?, ?> item : items(list)) {
            String id = String.valueOf(item.get(ID));
            Long revision = ((Number) Objects.requireNonNull(item.get(REVISION))).longValue();
            listed.put(id, revision);
            PendingEntry entry = entries.get(id);
            if (entry == null || !revision.equals(revisions.get(id))) {
                entry = read(id);
            }
            if (entry != null) {
                current.put(id, entry);
                revisions.put(id, revision);
            }
        }
        entries.clear();
        entries.putAll(current);
        stored.keySet().retainAll(entries.keySet());
        revisions.keySet().retainAll(entries.keySet());
    }

    private @Nullable PendingEntry read(String id) {
        Stored value = records.get(key(id));
        if (value == null) {
            return null;
        }
        stored.put(id, value);
        try {
            return PendingEntry.of(value.value());
        } catch (RuntimeException e) {
            // Written by another version.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A pending call of the shared state is not readable: {0}",
                    e.getClass().getName());
            return null;
        }
    }

    /** Reads an entry again; returns null if it is no longer stored. */
    @Nullable
    PendingEntry reread(PendingEntry entry) {
        PendingEntry current = read(entry.id());
        if (current == null) {
            entries.remove(entry.id());
        } else {
            entries.put(entry.id(), current);
        }
        return current;
    }

    private static List<Map<?, ?>> items(@Nullable Stored list) {
        List<Map<?, ?>> items = new ArrayList<>();
        if (list != null && list.value().get(CALLS) instanceof List<?> calls) {
            calls.forEach(call -> items.add((Map<?, ?>) call));
        }
        return items;
    }

    private static String key(String id) {
        return "pending/" + id;
    }

    /**
     * Stores a new entry, which is the last of the entries, and the list of all entries.
     *
     * @return false if another process has changed the list since {@link #refresh}
     */
    boolean add(PendingEntry added) {
        Stored value = records.putIfAbsent(key(added.id()), added.toMap(), life).stored();
        stored.put(added.id(), value);
        revisions.put(added.id(), 1L);
        Map<String, Object> all = list(entries.keySet().stream().toList());
        Stored known = list;
        boolean isListed;
        if (known == null) {
            isListed = records.putIfAbsent(LIST, all, life).isNew();
        } else {
            isListed = records.replace(known, all, life) != null;
        }
        if (!isListed) {
            records.remove(value);
        }
        return isListed;
    }

    private Map<String, Object> list(List<String> ids) {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (String id : ids) {
            Map<String, Object> call = new LinkedHashMap<>();
            call.put(ID, id);
            call.put(REVISION, listed.getOrDefault(id, 1L));
            calls.add(call);
        }
        return Map.of(CALLS, calls);
    }

    /** Stores a change of an entry; returns false if another process has changed it before. */
    boolean change(PendingEntry entry) {
        Stored known = stored.get(entry.id());
        Stored changed = known == null ? null : records.replace(known, entry.toMap(), life);
        if (changed == null) {
            // To be read again with the next refresh.
            revisions.remove(entry.id());
            return false;
        }
        stored.put(entry.id(), changed);
        // If this fails, others read the entry before they act on it.
        Records.quietly(() -> announce(entry.id()));
        return true;
    }

    /**
     * Stores how an entry ended that this process carried out, in place of what others have made of the same decision: they
     * may take this process for dead. A later decision stays.
     *
     * @param decided when it was decided
     */
    void end(PendingEntry entry, Instant decided) {
        unstored.put(entry, decided);
        entries.put(entry.id(), entry);
        while (!change(entry)) {
            Stored newer = records.get(key(entry.id()));
            if (newer == null || !PendingEntry.wasDecided(newer.value(), decided)) {
                break;
            }
            stored.put(entry.id(), newer);
        }
        unstored.remove(entry);
    }

    /** Renews the lease of an entry that this process carries out; returns false if it was changed elsewhere. */
    boolean renew(PendingEntry entry) {
        Stored known = stored.get(entry.id());
        Stored changed = known == null ? null : records.replace(known, entry.toMap(), life);
        if (changed != null) {
            stored.put(entry.id(), changed);
        }
        return changed != null;
    }

    /** Gives a changed entry a new revision in the list. */
    private void announce(String id) {
        while (true) {
            Stored current = records.get(LIST);
            if (current == null) {
                return;
            }
            List<Object> calls = new ArrayList<>();
            for (Map<?, ?> item : items(current)) {
                if (id.equals(item.get(ID)) && item.get(REVISION) instanceof Number revision) {
                    long next = revision.longValue() + 1;
                    revisions.put(id, next);
                    calls.add(Map.of(ID, id, REVISION, next));
                } else {
                    calls.add(item);
                }
            }
            Stored changed = records.replace(current, Map.of(CALLS, calls), life);
            if (changed != null) {
                return;
            }
        }
    }
}
