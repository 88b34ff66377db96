package io.github.desk365mcp.server;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the process's streams and the SDK's transport, for what the transport does not do: it drops the answers
 * that are still due when the input ends, stops reading for good at a line that is no message, and never answers what is
 * asked before its time.
 */
final class StdioLines {

    private final BufferedReader lines;
    private final OutputStream output;
    private final McpJsonMapper json;
    private final Duration patience;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final InputStream messages = new Messages();
    private final OutputStream answers = new Answers();
    private int due;

    /** Before that the SDK would keep requests without ever answering them. */
    private boolean begun;

    /** @param patience how long the end of the input is held back for answers that are due */
    StdioLines(InputStream input, OutputStream output, McpJsonMapper json, Duration patience) {
        this.lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        this.output = output;
        this.json = json;
        this.patience = patience;
    }

    /** The input, without what is no message; it ends when all requests in it are answered. */
    InputStream input() {
        return messages;
    }

    /** The output; one line is one message. */
    OutputStream output() {
        return answers;
    }

    /** Waits until the input has ended. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether a line is to be passed on; one that is not is answered here. */
    private boolean isMessage(String line) throws IOException {
        if (line.isBlank()) {
            return false;
        }
        try {
            JSONRPCMessage message = RefusedMessage.check(line, json);
            if (message instanceof JSONRPCNotification told
                    && told.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
                begun = true;
            } else if (message instanceof JSONRPCRequest request) {
                if (!begun && !request.method().equals(McpSchema.METHOD_INITIALIZE)) {
                    throw new RefusedMessage(
                            request.id(),
                            ErrorCodes.INVALID_REQUEST,
                            "Begin with initialize and notifications/initialized.");
                }
                synchronized (this) {
                    due++;
                }
            }
            return true;
        } catch (RefusedMessage e) {
            write(e.answer(json) + "\n");
            return false;
        }
    }

    private boolean isAnswer(String line) {
        try {
            return McpSchema.deserializeJsonRpcMessage(json, line) instanceof JSONRPCResponse;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private synchronized void write(String line) throws IOException {
        output.write(line.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    /** Waits until no request is without its answer, for as long as patience lasts; afterwards not again. */
    synchronized void awaitAnswers() {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (due > 0 && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
            due = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Messages extends InputStream {

        private InputStream line = new ByteArrayInputStream(new byte[0]);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int read = line.read(buffer, offset, length);
                while (read < 0 && nextLine()) {
                    read = line.read(buffer, offset, length);
                }
                return read;
            } catch (IOException e) {
                ended.countDown();
                throw e;
            }
        }

        private boolean nextLine() throws IOException {
            String next = lines.readLine();
            while (next != null && !isMessage(next)) {
                next = lines.readLine();
            }
            if (next == null) {
                awaitAnswers();
                ended.countDown();
                return false;
            }
            line = new ByteArrayInputStream((next + "\n").getBytes(StandardCharsets.UTF_8));
            return true;
        }
    }

    /** Passes whole lines on, so that nothing gets between a message and its end. */
    private final class Answers extends OutputStream {

        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (StdioLines.this) {
                line.write(bytes, offset, length);
                if (length > 0 && bytes[offset + length - 1] == '\n') {
                    line.writeTo(output);
                    output.flush();
                    // What tells of progress, or asks the client something, answers no request.
                    if (due > 0 && isAnswer(line.toString(StandardCharsets.UTF_8))) {
                        due--;
                        StdioLines.this.notifyAll();
                    }
                    line.reset();
                }
            }
        }
    }
}
