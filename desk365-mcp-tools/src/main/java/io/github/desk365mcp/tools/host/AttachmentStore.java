package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.tools.internal.text.Times;
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
 * Keeps files, in memory or in a shared state, for example those a user dragged into a chat, and resolves handles that refer to them.
 *
 * <pre>{@code
 * AttachmentStore uploads = new AttachmentStore(Duration.ofMinutes(15));
 * Policy policy = Policy.of(selection).attachments(AttachmentResolver.inline(), uploads);
 * String handle = uploads.put("monitor.jpg", "image/jpeg", bytes, CallContext.none().caller("nora"));
 * // the host tells the model: "The user attached monitor.jpg as upload-5b0c…"
 * }</pre>
 *
 * <p>A handle works only for the caller and tenant it was created for, and expires. It has 128 random bits, but is not
 * a credential: the caller is checked each time. Thread-safe.
 */
public final class AttachmentStore implements AttachmentResolver {

    private static final Pattern HANDLE = Pattern.compile("upload-[0-9a-f]{32}");
    private static final long MOST_IN_ALL = 256L * 1024 * 1024;

    /** In bytes. */
    private static final long MOST_SHARED = 8L * 1024 * 1024;

    private final Duration life;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** In order of expiry. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private long bytes;

    /** Where files are kept for all processes; null if they are kept here. */
    private final @Nullable SharedUploads shared;

    private record Entry(
            Attachment file,
            @Nullable String tenant,
            @Nullable String caller,
            Instant end) {

        boolean isFor(CallContext context) {
            return Objects.equals(tenant, context.tenant()) && Objects.equals(caller, context.caller());
        }
    }

    /**
     * Creates a store.
     *
     * @param life how long handles work; more than ten years count as ten years
     */
    public AttachmentStore(Duration life) {
        this(life, Clock.systemUTC());
    }

    /**
     * Creates a store with another clock.
     *
     * @param life how long handles work; more than ten years count as ten years
     * @param clock decides when handles expire
     */
    public AttachmentStore(Duration life, Clock clock) {
        this(life, clock, null);
    }

    private AttachmentStore(Duration life, Clock clock, @Nullable SharedUploads shared) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("life must be positive");
        }
        this.life = Times.capped(life);
        this.clock = clock;
        this.shared = shared;
    }

    /**
     * Creates a store whose handles work in all processes with the same state. Files are encrypted, have at most 8 MiB,
     * and are deleted when their handles expire. Their total size is not limited: limit uploads in your host.
     *
     * @param life how long handles work; more than ten years count as ten years
     * @param state where the files are kept
     * @param key 32 random bytes, the same in all processes
     * @return the store
     */
    public static AttachmentStore shared(Duration life, SharedState state, byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("key must have 32 bytes");
        }
        return new AttachmentStore(life, Clock.systemUTC(), new SharedUploads(state, key.clone(), Times.capped(life)));
    }

    /** The limit is lower if files are kept in a shared state. */
    @Override
    public long mostBytes() {
        return shared == null ? AttachmentResolver.super.mostBytes() : MOST_SHARED;
    }

    /**
     * Keeps a file for the caller and tenant of the context.
     *
     * @param fileName for example {@code monitor.jpg}
     * @param mediaType for example {@code image/jpeg}
     * @param content up to 25 MiB, or 8 MiB in a shared state; not copied, so do not change it
     * @param context has the same caller and tenant as the calls that will use the handle
     * @return the handle, for the model to write as {@code reference}
     * @throws IllegalArgumentException if the file is too large, or its name or media type is not valid
     * @throws IllegalStateException if the store is full: in memory, it holds 256 MiB
     * @throws RuntimeException the exception of a shared state that cannot be reached
     */
    public String put(String fileName, String mediaType, byte[] content, CallContext context) {
        if (content.length > mostBytes()) {
            throw new IllegalArgumentException("A file may have at most " + mostBytes() + " bytes");
        }
        byte[] name = new byte[16];
        random.nextBytes(name);
        String handle = "upload-" + HexFormat.of().formatHex(name);
        Attachment file = Attachment.of(fileName, mediaType, content);
        if (shared != null) {
            shared.put(handle, file.name(), mediaType, content, context);
            return handle;
        }
        Instant now = clock.instant();
        synchronized (entries) {
            dropEnded(now);
            if (bytes + content.length > MOST_IN_ALL) {
                throw new IllegalStateException("The store is full until some of its handles expire");
            }
            entries.put(handle, new Entry(file, context.tenant(), context.caller(), now.plus(life)));
            bytes += content.length;
        }
        return handle;
    }

    /**
     * Removes a file before its handle expires.
     *
     * @param handle as returned by {@link #put}; an unknown one is ignored
     */
    public void remove(String handle) {
        if (shared != null) {
            shared.remove(handle);
            return;
        }
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
        Attachment file = shared == null ? own(handle, context) : shared.get(handle, context);
        if (file == null) {
            // One message for all three cases, so that nobody can probe for valid handles.
            throw new AttachmentRefusedException(
                    "The handle is unknown, expired, or another caller's. Ask the user to attach the file again.");
        }
        return file;
    }

    private @Nullable Attachment own(String handle, CallContext context) {
        Entry entry;
        synchronized (entries) {
            dropEnded(clock.instant());
            entry = entries.get(handle);
        }
        return entry == null || !entry.isFor(context) ? null : entry.file();
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

    /** {@return the number of files in memory} */
    @Override
    public String toString() {
        synchronized (entries) {
            return "AttachmentStore[" + entries.size() + " files]";
        }
    }
}
