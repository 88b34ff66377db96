package io.github.desk365mcp.server;

import io.github.desk365mcp.server.LineReader.Line;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * One client over standard input and output, a message a line. The SDK's own transport drops answers when the machine is
 * busy, and at the end of the input; it stops reading for good at a line that is no message or too long, and goes on as a
 * process that says nothing.
 *
 * <p>One thread reads and one writes. What is sent waits in a queue, so that neither a call nor the reader waits for a
 * client that is slow to read.
 */
final class StdioTransport implements McpServerTransportProvider {

    /** As many bytes as the server takes over HTTP. */
    private static final long MOST_BYTES = 16 << 20;

    /** How much may wait for the client to read it before nothing more is read. */
    private static final long MOST_UNSENT = 16 << 20;

    /** For a request that came at a bad time; from the range that JSON-RPC leaves to servers. */
    private static final int BUSY = -32_000;

    private static final Logger LOG = LoggerFactory.getLogger("desk365.server");

    private final LineReader lines;
    private final PrintStream output;
    private final McpJsonMapper json;
    private final RefusedMessage.Check check;
    private final long mostBytes;
    private final long mostBytesAtOnce;
    private final Deque<byte[]> unsent = new ArrayDeque<>();

    /** What the client was asked, and has not answered yet. */
    private final Set<Object> questions = new LinkedHashSet<>();

    /** What is worked on, by the id of the request. */
    private final Map<Object, Disposable> underWay = new HashMap<>();

    private @Nullable McpServerSession session;

    /** Before that the SDK would keep requests without ever answering them. */
    private boolean begun;

    /** Messages that are being worked on, and lines that are not written yet. */
    private int due;

    private long answered;
    private long bytesDue;
    private long bytesUnsent;
    private boolean inputEnded;
    private boolean closed;

    /** The client hears nothing any more. */
    private boolean mute;

    private @Nullable IOException failure;

    /**
     * @param check what else a message must pass
     * @param memory how many bytes the process may use; messages get a small part of it
     */
    StdioTransport(InputStream input, PrintStream output, McpJsonMapper json, RefusedMessage.Check check, long memory) {
        this.lines = new LineReader(input, this::fits);
        this.output = output;
        this.json = json;
        this.check = check;
        this.mostBytes = Math.min(MOST_BYTES, memory / 16);
        this.mostBytesAtOnce = memory / 8;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(new Answers());
    }

    /**
     * Serves until the input has ended and all that it asked is answered.
     *
     * @param patience how long each answer may take once the input has ended
     * @throws IOException if it cannot go on; the message is a sentence for a person
     */
    void serve(Duration patience) throws IOException, InterruptedException {
        start("stdio-in", this::readAll);
        start("stdio-out", this::writeAll);
        synchronized (this) {
            while (!inputEnded && failure == null) {
                wait();
            }
            long seen;
            do {
                seen = answered;
                await(patience, () -> due == 0 || failure != null);
            } while (due > 0 && answered != seen && failure == null);
            if (failure != null) {
                throw failure;
            }
            closed = true;
        }
    }

    /** Waits until nothing is due, for this time at the most. */
    synchronized void awaitAnswers(Duration atMost) {
        try {
            await(atMost, () -> due == 0 || closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void await(Duration atMost, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    // What comes in.

    private void readAll() {
        try {
            Line line = lines.next();
            while (line != null) {
                if (!line.outline().isBlank()) {
                    accept(line);
                }
                awaitReader();
                line = lines.next();
            }
            endOfInput();
        } catch (IOException | RuntimeException | Error e) {
            fail(e, "Standard input cannot be read any more");
        }
    }

    private synchronized boolean fits(long length) {
        return length <= mostBytes && length <= mostBytesAtOnce - bytesDue;
    }

    private void accept(Line line) {
        try {
            JSONRPCMessage message = read(line);
            Object cancelled = RefusedMessage.cancelled(message);
            if (cancelled != null) {
                cancel(cancelled);
                return;
            }
            if (message instanceof JSONRPCResponse answer) {
                synchronized (this) {
                    questions.remove(answer.id());
                }
            }
            handle(message, line.bytes().length);
        } catch (RefusedMessage e) {
            send(e.answer());
        }
    }

    private JSONRPCMessage read(Line line) throws RefusedMessage {
        Object id = id(line.outline());
        check(
                line.length() <= mostBytes,
                id,
                ErrorCodes.INVALID_REQUEST,
                "This message has more than " + mostBytes + " bytes. Nothing was done; send less at once.");
        check(
                line.length() == line.bytes().length,
                id,
                BUSY,
                "The server is busy with other large messages. Nothing was done; try again when they are answered.");
        String refusal = line.outline().refusal();
        check(refusal == null, id, ErrorCodes.INVALID_REQUEST, String.valueOf(refusal));
        JSONRPCMessage message = RefusedMessage.check(line.bytes(), id, json);
        if (message instanceof JSONRPCNotification told
                && told.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            begun = true;
        }
        if (message instanceof JSONRPCRequest request) {
            check(
                    begun || request.method().equals(McpSchema.METHOD_INITIALIZE),
                    request.id(),
                    ErrorCodes.INVALID_REQUEST,
                    "Begin with initialize and notifications/initialized.");
        }
        check.of(message);
        return message;
    }

    private static void check(boolean holds, @Nullable Object id, int code, String sentence) throws RefusedMessage {
        if (!holds) {
            throw new RefusedMessage(id, code, sentence);
        }
    }

    private @Nullable Object id(Outline outline) {
        try {
            Object id = outline.id().isEmpty() ? null : json.readValue(outline.id(), Object.class);
            return id instanceof String || id instanceof Number ? id : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Hands a message to the SDK, which answers on another thread where a tool is called. */
    private void handle(JSONRPCMessage message, int bytes) {
        McpServerSession client = session;
        if (client == null) {
            throw new IllegalStateException("There is no server yet");
        }
        Object id = message instanceof JSONRPCRequest request ? request.id() : new Object();
        Disposable.Swap work = Disposables.swap();
        synchronized (this) {
            due++;
            bytesDue += bytes;
            underWay.put(id, work);
        }
        work.update(Mono.defer(() -> client.handle(message))
                .doFinally(end -> handled(id, work, bytes))
                .subscribe(done -> {}, fault -> {
                    LOG.error("A message was not handled: {}", fault.getClass().getName());
                    if (message instanceof JSONRPCRequest) {
                        send(fault(id));
                    }
                }));
    }

    private synchronized void handled(Object id, Disposable work, int bytes) {
        due--;
        bytesDue -= bytes;
        underWay.remove(id, work);
        notifyAll();
    }

    /** The SDK's session takes no notice when the client does not want an answer any more. */
    private void cancel(Object request) {
        Disposable work;
        synchronized (this) {
            work = underWay.get(request);
        }
        if (work != null) {
            work.dispose();
        }
    }

    /** Nobody is there any more to answer what a call asks. */
    private void endOfInput() {
        List<Object> open;
        synchronized (this) {
            inputEnded = true;
            open = List.copyOf(questions);
            notifyAll();
        }
        open.forEach(this::endQuestion);
    }

    private void endQuestion(Object id) {
        handle(
                JSONRPCResponse.error(
                        id, new JSONRPCError(ErrorCodes.INTERNAL_ERROR, "The client has closed its side.")),
                0);
    }

    // What goes out.

    private void send(Object message) {
        byte[] line;
        try {
            line = json.writeValueAsBytes(message);
        } catch (IOException | RuntimeException e) {
            LOG.error("A message cannot be written: {}", e.getClass().getName());
            if (message instanceof JSONRPCResponse answer && answer.error() == null) {
                send(fault(answer.id()));
            }
            return;
        } catch (OutOfMemoryError e) {
            fail(e, "");
            return;
        }
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        synchronized (this) {
            if (!mute) {
                unsent.add(ended);
                bytesUnsent += ended.length;
                due++;
                notifyAll();
            }
        }
    }

    private static JSONRPCResponse fault(Object id) {
        return JSONRPCResponse.error(
                id,
                new JSONRPCError(
                        ErrorCodes.INTERNAL_ERROR,
                        "This server has a fault, which its log describes. If the call was to change something, look"
                                + " whether it did before trying again."));
    }

    private void writeAll() {
        try {
            while (true) {
                byte[] line = next();
                output.write(line, 0, line.length);
                // It never throws.
                if (output.checkError()) {
                    throw new IOException("closed");
                }
                written();
            }
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            fail(e, "Standard output cannot be written any more: the client has closed it");
            synchronized (this) {
                mute = true;
                due -= unsent.size();
                unsent.clear();
                notifyAll();
            }
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        while (unsent.isEmpty()) {
            wait();
        }
        return unsent.element();
    }

    private synchronized void written() {
        bytesUnsent -= unsent.remove().length;
        due--;
        answered++;
        notifyAll();
    }

    /** Reads nothing more for a client that does not read. */
    private synchronized void awaitReader() throws IOException {
        try {
            while (bytesUnsent > MOST_UNSENT && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private synchronized void fail(Throwable cause, String sentence) {
        if (failure == null) {
            failure = new IOException(
                    cause instanceof OutOfMemoryError
                            ? Main.OUT_OF_MEMORY
                            : sentence + " (" + cause.getClass().getSimpleName() + ").",
                    cause);
        }
        notifyAll();
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        McpServerSession client = session;
        return client == null ? Mono.empty() : client.sendNotification(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    private final class Answers implements McpServerTransport {

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                send(message);
                if (message instanceof JSONRPCRequest question && !isOpen(question.id())) {
                    endQuestion(question.id());
                }
            });
        }

        private boolean isOpen(Object question) {
            synchronized (StdioTransport.this) {
                return !inputEnded && questions.add(question);
            }
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return json.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }
}
