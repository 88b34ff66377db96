package io.github.desk365mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Reads the bodies of requests, and limits how much memory all of them use together. Thread-safe. */
final class Bodies {

    /** In bytes: enough for all messages without files and long texts. */
    private static final int SMALL = 64 << 10;

    /** In bytes: clients need a few hundred, and more if they have an icon in a {@code data:} address. */
    private static final int MOST_TO_INITIALIZE = 32 << 10;

    /** Clients need a few dozen. An empty object has 3 bytes in the message, and about 60 in memory. */
    private static final int MOST_VALUES_TO_INITIALIZE = 250;

    /** In bytes: the limit of the SDK. */
    private static final int LARGEST = 16 << 20;

    /** While a message is read, it is in memory about eight times: as bytes, text and values, here and in the SDK. */
    private static final int SHARE_OF_MEMORY = 16;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final int most;
    private final Semaphore room;
    private final int mostArriving;
    private final Map<String, Integer> arriving = new ConcurrentHashMap<>();

    /** @param mostArriving how many bodies of one caller may be arriving at once: each holds a thread, however slow it is */
    Bodies(int mostArriving) {
        this.mostArriving = mostArriving;
        int all = (int) Math.min(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY, 1 << 30);
        this.most = Math.min(LARGEST, all);
        this.room = new Semaphore(all);
    }

    /** A body that was read, and its share of the memory. */
    final class Body implements AutoCloseable {

        private byte[] bytes = {};
        private int taken;

        byte[] bytes() {
            return bytes;
        }

        private void take(long more) throws Refusal {
            if (more > 0) {
                if (!room.tryAcquire((int) more)) {
                    throw Refusal.busy();
                }
                taken += (int) more;
            }
        }

        @Override
        public void close() {
            room.release(taken);
            taken = 0;
        }
    }

    /**
     * Reads a body. Close it when it is no longer used.
     *
     * @param caller who sends it, and has a share of what may arrive at once
     * @param mayBeLarge whether the client has a session or needs none; without one, it may send only small bodies
     * @throws Refusal if the body is too large or too slow, or if there is no memory for it now
     */
    Body read(HttpServletRequest request, String caller, boolean mayBeLarge) throws Refusal {
        if (hasArrived(request)) {
            return read(request, mayBeLarge);
        }
        try {
            if (arriving.merge(caller, 1, Integer::sum) > mostArriving) {
                throw Refusal.busy();
            }
            return read(request, mayBeLarge);
        } finally {
            arriving.computeIfPresent(caller, (one, bodies) -> bodies == 1 ? null : bodies - 1);
        }
    }

    private static boolean hasArrived(HttpServletRequest request) {
        try {
            long announced = request.getContentLengthLong();
            return announced >= 0 && request.getInputStream().available() >= announced;
        } catch (IOException e) {
            return false;
        }
    }

    private Body read(HttpServletRequest request, boolean mayBeLarge) throws Refusal {
        int limit = mayBeLarge ? most : Math.min(SMALL, most);
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge(limit, mayBeLarge);
        }
        Body body = new Body();
        boolean isRead = false;
        try {
            // Before anything is read. Small bodies are limited by the number of requests.
            body.take(announced - SMALL);
            read(request, body, limit, mayBeLarge);
            isRead = true;
        } catch (IOException e) {
            throw tooSlow();
        } finally {
            if (!isRead) {
                body.close();
            }
        }
        return body;
    }

    private static void read(HttpServletRequest request, Body body, int limit, boolean mayBeLarge)
            throws IOException, Refusal {
        long end = System.nanoTime() + LONGEST.toNanos();
        InputStream input = request.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Outline outline = new Outline();
        byte[] buffer = new byte[8192];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            if (bytes.size() + read > limit) {
                throw tooLarge(limit, mayBeLarge);
            }
            if (System.nanoTime() > end) {
                throw tooSlow();
            }
            outline.add(buffer, 0, read);
            String refusal = outline.refusal();
            if (refusal != null) {
                throw new Refusal(400, refusal);
            }
            body.take(bytes.size() + read - SMALL - body.taken);
            bytes.write(buffer, 0, read);
        }
        byte[] all = bytes.toByteArray();
        boolean isMarked = all.length >= 3 && all[0] == (byte) 0xEF && all[1] == (byte) 0xBB && all[2] == (byte) 0xBF;
        // JSON has no byte order mark, but some clients write one.
        body.bytes = isMarked ? Arrays.copyOfRange(all, 3, all.length) : all;
    }

    /**
     * Checks the size of {@code initialize}: the SDK keeps the client's capabilities as long as the session, and a caller can
     * have many sessions.
     */
    static void checkInitialize(byte[] message) throws Refusal {
        Outline outline = new Outline();
        outline.add(message, 0, message.length);
        if (message.length > MOST_TO_INITIALIZE || outline.values() > MOST_VALUES_TO_INITIALIZE) {
            throw new Refusal(
                    413,
                    "The message is too large: initialize has at most " + (MOST_TO_INITIALIZE >> 10) + " KB and "
                            + MOST_VALUES_TO_INITIALIZE + " values on this server.");
        }
    }

    private static Refusal tooLarge(int limit, boolean mayBeLarge) {
        String most = mayBeLarge
                ? "a message has at most " + (limit >> 10) + " KB on this server."
                : "before a session has started, a message has at most 64 KB.";
        return new Refusal(413, "The message is too large: " + most);
    }

    private static Refusal tooSlow() {
        return new Refusal(408, "The rest of the message did not arrive in time.");
    }
}
