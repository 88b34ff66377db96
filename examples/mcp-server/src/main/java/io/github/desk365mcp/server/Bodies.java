package io.github.desk365mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Reads the bodies of requests, of all together no more than the memory has room for. Thread-safe. */
final class Bodies {

    /** Enough for all but files and long texts; initialize needs a few hundred bytes. */
    static final int SMALL = 64 << 10;

    /** What the SDK reads at most. */
    private static final int LARGEST = 16 << 20;

    /** A message is there some eight times while it is read: as bytes, as text, and as values, here and in the SDK. */
    private static final int SHARE_OF_MEMORY = 16;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final int most;
    private final Semaphore room;

    Bodies() {
        int all = (int) Math.min(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY, 1 << 30);
        this.most = Math.min(LARGEST, all);
        this.room = new Semaphore(all);
    }

    /** A body that was read, and its share of the room. */
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
     * Reads a body. Whoever closes it says that it is used no more.
     *
     * @param inSession whether the client has a session; before it has one, it has nothing long to say
     * @throws Refusal if it is too large, too slow, or there is no room for it now
     */
    Body read(HttpServletRequest request, boolean inSession) throws Refusal {
        int limit = inSession ? most : Math.min(SMALL, most);
        long told = request.getContentLengthLong();
        if (told > limit) {
            throw tooLarge(inSession);
        }
        Body body = new Body();
        boolean isRead = false;
        try {
            // Before any of it is read; small ones are bounded by the number of requests.
            body.take(told - SMALL);
            read(request, body, limit, inSession);
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

    private static void read(HttpServletRequest request, Body body, int limit, boolean inSession)
            throws IOException, Refusal {
        long end = System.nanoTime() + LONGEST.toNanos();
        InputStream input = request.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Outline outline = new Outline();
        byte[] buffer = new byte[8192];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            if (bytes.size() + read > limit) {
                throw tooLarge(inSession);
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
        body.bytes = bytes.toByteArray();
    }

    private static Refusal tooLarge(boolean inSession) {
        return new Refusal(
                413,
                inSession
                        ? "The message is too large."
                        : "The message is too large: before a session has begun, a message has 64 KB at the most.");
    }

    private static Refusal tooSlow() {
        return new Refusal(408, "The rest of the message did not come.");
    }
}
