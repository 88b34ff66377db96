package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that a host keeps in memory for its callers, who name them by a handle: for what was dragged into a chat.
 *
 * <pre>{@code
 * AttachmentStore uploads = new AttachmentStore(Duration.ofMinutes(15));
 * Policy policy = Policy.of(selection).attachments(AttachmentResolver.inline(), uploads);
 * String handle = uploads.put("monitor.jpg", "image/jpeg", bytes, CallContext.none().caller("nora"));
 * // the host tells the model: "The user attached monitor.jpg as upload-5b0c…"
 * }</pre>
 *
 * <p>A handle is good for the caller and the tenant for whom it was made, and ends. It is 128 random bits, but names a
 * file rather than opening it: who calls is checked each time. Thread-safe.
 */
public final class AttachmentStore implements AttachmentResolver {

    private static final Pattern HANDLE = Pattern.compile("upload-[0-9a-f]{32}");
    private static final long MOST_IN_ALL = 256L * 1024 * 1024;

    private final Duration life;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The oldest first, which end first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private long bytes;

    private record Entry(
            Attachment file,
            @Nullable String tenant,
            @Nullable String caller,
            Instant end) {

        boolean isFor(CallContext context) {
            return Objects.equals(tenant, context.tenant()) && Objects.equals(caller, context.caller());
        }
    }

    /** Handles end after this time. */
    public AttachmentStore(Duration life) {
        this(life, Clock.systemUTC());
    }

    /** By this clock. */
    public AttachmentStore(Duration life, Clock clock) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("life must be positive");
        }
        this.life = life;
        this.clock = clock;
    }

    /**
     * Keeps a file, for the caller and the tenant of the context alone.
     *
     * @param content up to 25 MiB, which are not copied
     * @param context has the caller and the tenant as the calls will have them
     * @return the handle, for the model to write as {@code reference}
     * @throws IllegalArgumentException if the file is larger, or name or type is none
     * @throws IllegalStateException if the store is full: it holds 256 MiB
     */
    public String put(String fileName, String mediaType, byte[] content, CallContext context) {
        if (content.length > mostBytes()) {
            throw new IllegalArgumentException("A file may have " + mostBytes() + " bytes");
        }
        byte[] name = new byte[16];
        random.nextBytes(name);
        String handle = "upload-" + HexFormat.of().formatHex(name);
        Attachment file = Attachment.of(fileName, mediaType, content);
        Instant now = clock.instant();
        synchronized (entries) {
            dropEnded(now);
            if (bytes + content.length > MOST_IN_ALL) {
                throw new IllegalStateException("The store is full until handles end");
            }
            entries.put(handle, new Entry(file, context.tenant(), context.caller(), now.plus(life)));
            bytes += content.length;
        }
        return handle;
    }

    /** Lets go of a file before its time. */
    public void remove(String handle) {
        synchronized (entries) {
            forget(handle);
        }
    }

    @Override
    public @Nullable Attachment resolve(String reference, CallContext context) {
        String handle = reference.strip();
        if (!HANDLE.matcher(handle).matches()) {
            return null;
        }
        Entry entry;
        synchronized (entries) {
            dropEnded(clock.instant());
            entry = entries.get(handle);
        }
        if (entry == null || !entry.isFor(context)) {
            // The same for all three, or a stranger could try handles out.
            throw new AttachmentRefusedException(
                    "The handle is unknown, has ended, or is another caller's. The user must attach the file again.");
        }
        return entry.file();
    }

    private void dropEnded(Instant now) {
        List.copyOf(entries.entrySet()).stream()
                .filter(entry -> !now.isBefore(entry.getValue().end()))
                .forEach(entry -> forget(entry.getKey()));
    }

    private void forget(String handle) {
        Entry entry = entries.remove(handle);
        if (entry != null) {
            bytes -= entry.file().length();
        }
    }

    @Override
    public String form() {
        return "the handle of an uploaded file (upload-…)";
    }

    @Override
    public List<String> formNames() {
        return List.of("handle");
    }

    /** How many files there are. */
    @Override
    public String toString() {
        synchronized (entries) {
            return "AttachmentStore[" + entries.size() + " files]";
        }
    }
}
