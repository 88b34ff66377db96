package io.github.desk365mcp.server;

import io.github.desk365mcp.api.Cancellation;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client, for as long as the client waits for the answer.
 *
 * <p>That a client has gone is noticed only by writing to it. So whatever waits for an answer gets an empty line of the
 * event stream's own kind, a comment, again and again.
 */
final class Visit {

    private final String session;
    private final Cancellation cancellation = new Cancellation();
    private final Cancellation abandonment = new Cancellation();
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable PrintWriter client;
    private boolean hasEnded;
    private volatile boolean isGone;

    Visit(String session) {
        this.session = session;
    }

    String session() {
        return session;
    }

    /** The client does not want the answer any more, and said so. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** The client has gone. */
    Cancellation abandonment() {
        return abandonment;
    }

    /**
     * Writes events whole, so that no comment gets into one. To a client that has gone, or has cancelled, it writes nothing,
     * and that is no error: the SDK would end the client's whole session.
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

    /** Writes a comment, unless an event is being written, which may take as long as the client likes. */
    void beat() {
        if (writing.tryLock()) {
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

    /** Nothing is written from now on. */
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
