package io.github.desk365mcp.api;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A Desk365 helpdesk.
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.connect("acme", apiKey);
 * Ticket ticket = desk.tickets().get(4052);
 * desk.with(o -> o.timeout(ofSeconds(5))).tickets().list(q -> q.status("Open")).stream().limit(200)
 * }</pre>
 *
 * <p>Immutable and thread-safe; make one for each account and keep it. Making one opens nothing, and nothing needs to be
 * closed: connections are shared by all clients and close by themselves when idle. Calls block; {@link #async} runs them
 * elsewhere. Every method that calls the service throws a {@link Desk365Exception} when that fails, and calls once:
 * nothing is tried again unless {@link RequestOptions#retry(RetryPolicy)} says so.
 */
public final class Desk365Client {

    private final Transport transport;
    private final RequestOptions options;

    private Desk365Client(Transport transport, RequestOptions options) {
        this.transport = transport;
        this.options = options;
    }

    /**
     * The helpdesk at {@code https://{subdomain}.desk365.io}.
     *
     * @param subdomain for example {@code acme}
     * @param apiKey from Settings, Integrations, API; it works for its own subdomain alone
     */
    public static Desk365Client connect(String subdomain, String apiKey) {
        return builder().subdomain(subdomain).apiKey(apiKey).build();
    }

    /** For other addresses and settings than {@link #connect} has. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same helpdesk, called with other options. Cheap: connections, key and counters are shared. */
    public Desk365Client with(UnaryOperator<RequestOptions> change) {
        return new Desk365Client(transport, change.apply(options));
    }

    /**
     * Runs a call on an executor. When the future is cancelled, times out, or is completed by somebody else, the call's
     * connection is closed at once; a write that had begun to leave may have been carried out all the same. Cancelling
     * a future derived from this one does not reach the call.
     *
     * <pre>{@code
     * CompletableFuture<Ticket> ticket = desk.async(executor, d -> d.tickets().get(4052));
     * }</pre>
     */
    public <T> CompletableFuture<T> async(Executor executor, Function<Desk365Client, T> call) {
        Cancellation cancellation = new Cancellation();
        Cancellation outer = options.cancellation();
        Cancellation.Registration chained = outer == null ? () -> {} : outer.onCancel(cancellation::cancel);
        CompletableFuture<T> future = new CompletableFuture<>();
        // Not assigned: what happens to this stage interests nobody.
        CompletableFuture<T> unused = future.whenComplete((result, failure) -> {
            chained.close();
            cancellation.cancel();
        });
        executor.execute(() -> {
            try {
                future.complete(call.apply(with(o -> o.cancellation(cancellation))));
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }

    /** How many calls are left, as of the last counted answer; null before the first. */
    public @Nullable RateLimit rateLimit() {
        return transport.rateLimit();
    }

    /** Asks whether the service is up, and answers its sentence. This checks neither the key nor the subdomain. */
    public String ping() {
        return String.valueOf(
                get(Operation.PING, Map.of(), JsonDocument::new).toMap().get("message"));
    }

    /** Tickets and their conversations. */
    public Tickets tickets() {
        return new Tickets(this);
    }

    /** The people who write to the helpdesk. */
    public Contacts contacts() {
        return new Contacts(this);
    }

    /** The companies they belong to. */
    public Companies companies() {
        return new Companies(this);
    }

    /** Articles, and the categories and folders that they are in. */
    public KnowledgeBase knowledgeBase() {
        return new KnowledgeBase(this);
    }

    /**
     * Sends any request with the key, limits and errors of this client, for operations that this version does not know.
     *
     * @param method GET, POST, PUT or DELETE
     * @param path below {@code /apis/v3/}, such as {@code tickets/details}
     * @param query names and values; maps and lists are sent as JSON text
     * @param body sent as JSON; null for none
     * @return the object that was answered; an array stands under {@code content}, a text under {@code message}
     */
    public JsonDocument send(String method, String path, Map<String, ?> query, @Nullable Map<String, ?> body) {
        Operation.Method verb = Operation.Method.valueOf(method.toUpperCase(Locale.ROOT));
        if (body != null && verb == Operation.Method.GET) {
            throw new IllegalArgumentException("GET has no body");
        }
        return transport.send(
                verb + " " + path,
                verb,
                transport.url(path, query),
                body == null ? null : Bodies.json(body),
                options,
                JsonDocument::new);
    }

    <T> T get(Operation operation, Map<String, ?> query, Function<Map<String, ?>, T> view) {
        return transport.send(operation, query, null, options, view);
    }

    <T> T write(
            Operation operation,
            Map<String, ?> query,
            @Nullable Map<String, ?> body,
            Function<Map<String, ?>, T> view) {
        return transport.send(operation, query, body, options, view);
    }

    <T> T upload(
            Operation operation,
            Map<String, ?> query,
            Map<String, ?> object,
            List<Attachment> files,
            Function<Map<String, ?>, T> view) {
        return transport.upload(operation, query, object, files, options, view);
    }

    /** A list in pages: {@code items} is where the answer has the records, {@code total} where it counts them. */
    <T> Paged<T> paged(Operation operation, Map<String, ?> query, String items, Function<Map<String, ?>, T> view) {
        long start = query.get("offset") instanceof Number offset ? offset.longValue() : 0;
        return new Paged<>(start, offset -> {
            Map<String, Object> page = new LinkedHashMap<>(query);
            if (offset > 0) {
                page.put("offset", offset);
            }
            JsonDocument answer = get(operation, page, JsonDocument::new);
            return new Page<>(
                    answer.objects(items, view),
                    answer.integer(answer.has("count") ? "count" : "total"),
                    offset,
                    answer);
        });
    }

    /** Where the helpdesk is; no key. */
    @Override
    public String toString() {
        return "Desk365Client[" + transport.url("", Map.of()) + "]";
    }

    /** Makes clients. Not thread-safe; the clients are. */
    public static final class Builder {

        private @Nullable HttpUrl base;
        private @Nullable String apiKey;
        private @Nullable Plan plan;
        private RequestOptions options = RequestOptions.DEFAULTS;
        private UnaryOperator<OkHttpClient.Builder> customizer = UnaryOperator.identity();
        private final Map<String, String> paths = new LinkedHashMap<>();
        private Clock clock = Clock.systemUTC();
        private Transport.Sleeper sleeper = Transport.Sleeper.REAL;

        private Builder() {}

        /** The helpdesk at {@code https://{subdomain}.desk365.io}. */
        public Builder subdomain(String subdomain) {
            if (!subdomain.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")) {
                throw new IllegalArgumentException(
                        "A subdomain is the first word of the helpdesk's address: acme in acme.desk365.io");
            }
            return baseUrl(URI.create("https://" + subdomain + ".desk365.io/apis"));
        }

        /**
         * The helpdesk at this address, for example {@code https://acme.desk365.io/apis}. The version is added unless
         * the address ends with it.
         *
         * @throws IllegalArgumentException if the address is not {@code https}; plain {@code http} is for loopback
         */
        public Builder baseUrl(URI baseUrl) {
            this.base = BaseUrl.of(baseUrl);
            return this;
        }

        /** The API key. It is sent in the {@code Authorization} header, and shown nowhere. */
        public Builder apiKey(String apiKey) {
            if (!apiKey.strip().matches("[\\x21-\\x7e]+")) {
                throw new IllegalArgumentException("An API key is one word of printable ASCII characters");
            }
            this.apiKey = apiKey.strip();
            return this;
        }

        /** The account's plan, for the estimates in {@link RateLimit}. Default: not known. */
        public Builder plan(Plan plan) {
            this.plan = plan;
            return this;
        }

        /** How calls are made unless {@link Desk365Client#with} says otherwise. */
        public Builder options(UnaryOperator<RequestOptions> change) {
            this.options = change.apply(options);
            return this;
        }

        /**
         * Another path for an operation, for the few that are not published and were guessed: {@code createTimeEntry},
         * {@code createContactWithAttachment}, {@code createCompanyWithAttachment}. The ids of all operations are those
         * of the OpenAPI description in the project's documents.
         *
         * @param path below {@code /apis/v3/}
         * @throws IllegalArgumentException if there is no such operation
         */
        public Builder path(String operationId, String path) {
            for (Operation operation : Operation.values()) {
                if (operation.id().equals(operationId)) {
                    paths.put(operationId, path);
                    return this;
                }
            }
            throw new IllegalArgumentException("There is no operation " + operationId);
        }

        /**
         * The one door to the HTTP client: proxy, TLS, interceptors, metrics, connection pool. What this client promises
         * is set afterwards: no request is repeated or redirected by the HTTP client. A client with a customizer has
         * connections of its own unless the customizer leaves the pool alone.
         */
        public Builder httpClient(UnaryOperator<OkHttpClient.Builder> customizer) {
            this.customizer = customizer;
            return this;
        }

        Builder time(Clock clock, Transport.Sleeper sleeper) {
            this.clock = clock;
            this.sleeper = sleeper;
            return this;
        }

        /**
         * The client. Nothing is opened yet.
         *
         * @throws IllegalStateException if address or key is missing
         */
        public Desk365Client build() {
            if (base == null || apiKey == null) {
                throw new IllegalStateException("A client needs a subdomain or a base URL, and an API key");
            }
            return new Desk365Client(
                    new Transport(
                            new HttpClients(customizer),
                            base,
                            apiKey,
                            Map.copyOf(paths),
                            new RateLimitTracker(plan, clock),
                            clock,
                            sleeper),
                    options);
        }
    }
}
