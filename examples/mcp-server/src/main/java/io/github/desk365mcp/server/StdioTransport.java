package io.github.desk365mcp.server;

import io.github.desk365mcp.server.LineReader.Line;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.modern.JsonRpc;
import io.modelcontextprotocol.modern.server.McpHeaders;
import io.modelcontextprotocol.modern.server.McpRequestManager;
import io.modelcontextprotocol.modern.server.McpTransportResponse;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves one client over standard input and output, with one message per line.
 *
 * <p>The SDK's own transport for older clients loses responses when the machine is busy, and at the end of the input. At
 * a line that is too long or is not a message, it stops reading forever, while the process keeps running. Its transport
 * for modern clients loses responses at the end of the input, and answers neither a line that is too long nor an id that
 * is in use.
 *
 * <p>One thread reads. A call writes its response in its own thread if no other message waits, because to wake another
 * thread takes longer than to write. All other messages are written by one thread, so that a client that reads slowly
 * holds up neither the reader nor other calls.
 */
final class StdioTransport implements McpServerTransportProvider {

    /** The largest message in bytes, as over HTTP. */
    private static final long MOST_BYTES = 16 << 20;

    /** How many bytes may wait to be written before the server stops reading. */
    private static final long MOST_UNSENT = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("desk365.server");

    private final LineReader lines;
    private final PrintStream output;
    private final McpJsonMapper json;
    private final MessageReader messages;
    private final long mostBytes;
    private final long mostBytesAtOnce;
    private final Deque<byte[]> unsent = new ArrayDeque<>();

    /** Tells the thread that writes to begin. */
    private final Semaphore toWriter = new Semaphore(0);

    /** Open once the input has ended or the server has failed. */
    private final CountDownLatch end = new CountDownLatch(1);

    /** The ids of requests to the client that it has not answered yet. */
    private final Set<Object> questions = new LinkedHashSet<>();

    /** The messages that are being handled, by the id of the request. */
    private final Map<Object, Disposable> underWay = new HashMap<>();

    private static final McpTransportContext WITHOUT_HEADERS =
            McpTransportContext.create(Map.of(McpHeaders.TRANSPORT_CONTEXT_KEY, McpHeaders.NOT_MIRRORED));

    private @Nullable McpServerSession session;
    private @Nullable Supplier<McpRequestManager> modernMaker;

    /** Only the thread that reads uses it, because requests come from there alone. */
    private @Nullable McpRequestManager modern;

    /** The session of the server for clients that show cards; null if there is no such server. */
    private @Nullable McpServerSession cardSession;

    /** The number of messages that are being handled, plus the number of lines that are not written yet. */
    private int due;

    private long answered;
    private long bytesDue;
    private long bytesUnsent;
    private boolean inputEnded;

    /** Whether a thread is writing the unsent messages, or was told to. */
    private boolean isWriting;

    private volatile @Nullable Thread reader;
    private boolean closed;

    /** Whether standard output is closed. */
    private boolean mute;

    private @Nullable IOException failure;

    /**
     * @param check a further check of each message
     * @param memory how many bytes the process may use; messages may use a small part of them
     */
    StdioTransport(InputStream input, PrintStream output, McpJsonMapper json, RefusedMessage.Check check, long memory) {
        this.lines = new LineReader(input, this::fits);
        this.output = output;
        this.json = json;
        this.mostBytes = Math.min(MOST_BYTES, memory / 16);
        this.messages = new MessageReader(json, check, mostBytes);
        this.mostBytesAtOnce = memory / 8;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(new Answers());
    }

    /** Sets what makes the server for modern requests, at the first one. If that fails, the request is answered with an error. */
    void setModern(Supplier<McpRequestManager> maker) {
        modernMaker = maker;
    }

    /** Returns the provider for a server that serves the client instead, if it shows approval cards. */
    McpServerTransportProvider cards() {
        return new McpServerTransportProvider() {

            @Override
            public void setSessionFactory(McpServerSession.Factory factory) {
                cardSession = factory.create(new Answers());
            }

            @Override
            public Mono<Void> notifyClients(String method, Object params) {
                return StdioTransport.this.notifyClients(method, params);
            }

            @Override
            public Mono<Void> notifyClient(String client, String method, Object params) {
                return notifyClients(method, params);
            }

            @Override
            public Mono<Void> closeGracefully() {
                return Mono.empty();
            }
        };
    }

    /**
     * Serves until the input has ended and all requests are answered.
     *
     * @param patience how long each answer may take after the input has ended
     * @throws IOException if the server cannot go on; the message is one sentence for the user
     */
    void serve(Duration patience) throws IOException, InterruptedException {
        start("stdio-in", this::readAll);
        start("stdio-out", this::writeAll);
        end.await();
        synchronized (this) {
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

    /** Waits until all requests are answered, for this time at most. */
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

    // Incoming messages.

    private void readAll() {
        reader = Thread.currentThread();
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
            fail(e, "Standard input can no longer be read");
        }
    }

    private synchronized boolean fits(long length) {
        return length <= mostBytes && length <= mostBytesAtOnce - bytesDue;
    }

    private void accept(Line line) {
        try {
            JSONRPCMessage message = messages.read(line);
            boolean isLater = messages.isInitialized() || Eras.isModern(message);
            Object ping = isLater ? null : RefusedMessage.ping(message);
            if (ping != null) {
                send(RefusedMessage.pong(ping));
                return;
            }
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
            if (cardSession != null && CardClients.begin(message, json)) {
                session = cardSession;
            }
            handle(message, line.bytes().length);
        } catch (RefusedMessage e) {
            send(e.answer());
        }
    }

    /** Passes a message to the SDK, which answers tool calls on another thread. */
    private void handle(JSONRPCMessage message, int bytes) {
        Object id = message instanceof JSONRPCRequest request ? request.id() : new Object();
        Disposable.Swap work = Disposables.swap();
        synchronized (this) {
            due++;
            bytesDue += bytes;
            underWay.put(id, work);
        }
        work.update(Mono.defer(() -> handled(message))
                .doFinally(end -> handled(id, work, bytes))
                .subscribe(done -> {}, fault -> {
                    LOG.error(
                            "A message could not be handled: {}",
                            fault.getClass().getName());
                    if (message instanceof JSONRPCRequest) {
                        send(fault(id));
                    }
                }));
    }

    private Mono<Void> handled(JSONRPCMessage message) {
        Supplier<McpRequestManager> maker = modernMaker;
        if (maker != null && message instanceof JSONRPCRequest request && Eras.isModern(request)) {
            McpRequestManager server = modern == null ? maker.get() : modern;
            modern = server;
            JsonRpc.JSONRPCRequest same = new JsonRpc.JSONRPCRequest(request.method(), request.id(), request.params());
            return server.handle(WITHOUT_HEADERS, same)
                    .flatMapMany(StdioTransport::messages)
                    .doOnNext(this::send)
                    .then();
        }
        McpServerSession client = session;
        if (client == null) {
            throw new IllegalStateException("The server is not started yet");
        }
        return client.handle(message);
    }

    private static Flux<JsonRpc.JSONRPCMessage> messages(McpTransportResponse response) {
        if (response instanceof McpTransportResponse.Streaming stream) {
            return stream.messages();
        }
        return Flux.just(
                response instanceof McpTransportResponse.Result result
                        ? result.response()
                        : ((McpTransportResponse.Error) response).response());
    }

    private synchronized void handled(Object id, Disposable work, int bytes) {
        due--;
        bytesDue -= bytes;
        underWay.remove(id, work);
        notifyAll();
    }

    /** Cancels a request here, because the SDK's session ignores cancellations. */
    private void cancel(Object request) {
        Disposable work;
        synchronized (this) {
            work = underWay.get(request);
        }
        if (work != null) {
            work.dispose();
        }
    }

    /** Answers the open requests to the client with an error, because the client can no longer answer them. */
    private void endOfInput() {
        List<Object> open;
        synchronized (this) {
            inputEnded = true;
            open = List.copyOf(questions);
        }
        end.countDown();
        open.forEach(this::endQuestion);
    }

    private void endQuestion(Object id) {
        handle(
                JSONRPCResponse.error(
                        id, new JSONRPCError(ErrorCodes.INTERNAL_ERROR, "The client has closed standard input.")),
                0);
    }

    // Outgoing messages.

    private void send(Object message) {
        byte[] line;
        try {
            line = json.writeValueAsBytes(message);
        } catch (IOException | RuntimeException e) {
            LOG.error("A message could not be written: {}", e.getClass().getName());
            if (message instanceof JSONRPCResponse answer && answer.error() == null) {
                send(fault(answer.id()));
            }
            if (message instanceof JsonRpc.JSONRPCResponse answer && answer.error() == null) {
                send(fault(answer.id()));
            }
            return;
        } catch (OutOfMemoryError e) {
            fail(e, "");
            return;
        }
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        boolean isMine = false;
        synchronized (this) {
            if (mute) {
                return;
            }
            unsent.add(ended);
            bytesUnsent += ended.length;
            due++;
            if (!isWriting) {
                isWriting = true;
                isMine = isResponse(message) && mayWait();
                if (!isMine) {
                    toWriter.release();
                }
            }
        }
        if (isMine && writeNext()) {
            toWriter.release();
        }
    }

    /** Whether this thread serves one call only: neither the reader nor a timer of the SDK may wait for a slow client. */
    private boolean mayWait() {
        return Thread.currentThread() != reader && !Schedulers.isInNonBlockingThread();
    }

    private static boolean isResponse(Object message) {
        return message instanceof JSONRPCResponse || message instanceof JsonRpc.JSONRPCResponse;
    }

    private static JSONRPCResponse fault(Object id) {
        return JSONRPCResponse.error(
                id,
                new JSONRPCError(
                        ErrorCodes.INTERNAL_ERROR,
                        "This server had an internal error, described in its log; other arguments do not help. If the"
                                + " call was meant to change something, check whether it did before you try again."));
    }

    private void writeAll() {
        try {
            while (true) {
                toWriter.acquire();
                boolean hasMore = true;
                while (hasMore) {
                    hasMore = writeNext();
                }
            }
        } catch (InterruptedException e) {
            fail(e, "Standard output can no longer be written");
        }
    }

    /** Writes the first of the unsent messages, and returns whether there are more. */
    private boolean writeNext() {
        try {
            byte[] line;
            synchronized (this) {
                line = unsent.element();
            }
            output.write(line, 0, line.length);
            // PrintStream never throws.
            if (output.checkError()) {
                throw new IOException("closed");
            }
            return written();
        } catch (IOException | RuntimeException | Error e) {
            fail(e, "Standard output can no longer be written: the client has closed it");
            synchronized (this) {
                mute = true;
                due -= unsent.size();
                unsent.clear();
                notifyAll();
            }
            return false;
        }
    }

    private synchronized boolean written() {
        bytesUnsent -= unsent.remove().length;
        due--;
        answered++;
        isWriting = !unsent.isEmpty();
        notifyAll();
        return isWriting;
    }

    /** Blocks the reader while the client does not read its responses. */
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
        end.countDown();
        notifyAll();
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        McpServerSession client = session;
        return client == null ? Mono.empty() : client.sendNotification(method, params);
    }

    /** There is one client. */
    @Override
    public Mono<Void> notifyClient(String client, String method, Object params) {
        return notifyClients(method, params);
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
