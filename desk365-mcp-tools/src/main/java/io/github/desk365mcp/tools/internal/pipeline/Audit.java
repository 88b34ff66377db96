package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.AuditRecord;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.core.CallNotes;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells the host's listener what became of each call; never in the way of it. */
public final class Audit {

    private static final System.Logger LOG = System.getLogger(Audit.class.getName());

    private final @Nullable AuditListener listener;
    private final Clock clock;

    public Audit(Policy policy) {
        this.listener = policy.audit();
        this.clock = policy.clock();
    }

    public Entry begin(String name, Map<String, ?> arguments) {
        return listener == null
                ? Entry.NONE
                : new Entry(clock.instant(), System.nanoTime(), name, fingerprint(arguments));
    }

    public void end(
            Entry entry,
            @Nullable Tool tool,
            @Nullable String tenant,
            @Nullable String caller,
            String outcome,
            CallNotes trace) {
        if (listener == null) {
            return;
        }
        AuditRecord record = AuditRecord.of(
                        entry.at,
                        tool == null ? plain(entry.name) : tool.name(),
                        tool == null ? "unknown" : tool.effect(),
                        outcome)
                .tenant(tenant)
                .caller(caller)
                .reachesCustomer(tool != null && tool.alwaysMails() || trace.hasMailed())
                .fingerprint(entry.fingerprint)
                .status(trace.status())
                .calls(trace.calls())
                .took(Duration.ofNanos(System.nanoTime() - entry.began));
        try {
            listener.ended(record);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit listener threw {0}",
                    e.getClass().getName());
        }
    }

    /** An unknown name comes from outside: no line breaks, no length of its own. */
    private static String plain(String name) {
        String word = name.replaceAll("[^\\w.-]", "?");
        return word.length() > 64 ? word.substring(0, 64) : word;
    }

    /** Equal for equal arguments, whatever the order of their keys. */
    private static String fingerprint(Map<String, ?> arguments) {
        try {
            byte[] json =
                    Text.json(Collections.singletonMap("a", sorted(arguments))).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, field) -> sorted.put(String.valueOf(name), sorted(field)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Audit::sorted).collect(Collectors.toCollection(ArrayList::new));
        }
        return value;
    }

    /** A call under way. */
    public static final class Entry {

        static final Entry NONE = new Entry(Instant.EPOCH, 0, "", "");

        private final Instant at;
        private final long began;
        private final String name;
        private final String fingerprint;

        Entry(Instant at, long began, String name, String fingerprint) {
            this.at = at;
            this.began = began;
            this.name = name;
            this.fingerprint = fingerprint;
        }
    }
}
