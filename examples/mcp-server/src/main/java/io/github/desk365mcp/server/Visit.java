package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Cancellation;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client, while the client waits for the response.
 *
 * <p>Only writing to a client shows that it has disconnected. So a comment of the event stream is written regularly
 * while a client waits.
 */
final class Visit {

    private final String session;
    private final Cancellation cancellation = new Cancellation();
    private final Cancellation abandonment = new Cancellation();
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable PrintWriter client;
    private boolean hasEnded;
    private volatile boolean isStream;
    private volatile boolean isGone;

    Visit(String session) {
        this.session = session;
    }

    String session() {
        return session;
    }

    /** {@return the cancellation for a client that canceled its request} */
    Cancellation cancellation() {
        return cancellation;
    }

    /** {@return the cancellation for a client that has disconnected} */
    Cancellation abandonment() {
        return abandonment;
    }

    /**
     * Returns a writer that writes each event as a whole, so that no comment gets into it. For a client that has
     * disconnected or canceled, it writes nothing and reports no error, because on an error the SDK would end the
     * client's whole session.
     */
    PrintWriter events(PrintWriter writer) {
        writing.lock();
        try {
            client = writer;
        } finally {
            writing.unlock();
        }
        return new PrintWriter(new Events());
    }

    /** Marks the response as an event stream whose headers are sent, so that comments may be written. */
    void streams() {
        isStream = true;
    }

    /** Writes a comment, unless an event is being written; a slow client can make that take long. */
    void beat() {
        if (isStream && writing.tryLock()) {
            try {
                write(":\n\n");
            } finally {
                writing.unlock();
            }
        }
        if (isGone) {
            abandonment.cancel();
        }
    }

    private void write(CharSequence text) {
        if (client == null || hasEnded || isGone || cancellation.isCancelled()) {
            return;
        }
        client.append(text);
        isGone = client.checkError();
    }

    /** Writes nothing from now on. */
    void end() {
        writing.lock();
        hasEnded = true;
        writing.unlock();
    }

    private final class Events extends Writer {

        private final StringBuilder event = new StringBuilder();

        @Override
        public void write(char[] characters, int offset, int length) {
            event.append(characters, offset, length);
        }

        @Override
        public void flush() {
            writing.lock();
            try {
                if (event.length() > 0) {
                    Visit.this.write(event);
                    event.setLength(0);
                }
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void close() {
            flush();
        }
    }
}
