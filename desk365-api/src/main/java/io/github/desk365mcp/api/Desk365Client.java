package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.FileLink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
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
 * nothing is tried again unless {@link RequestOptions#retry(RetryPolicy)} says so. What can be seen to be wrong, such as an
 * update without a change, throws an {@link IllegalArgumentException} before anything is sent.
 */
public final class Desk365Client {

    private final Calls calls;

    private Desk365Client(Calls calls) {
        this.calls = calls;
    }

    /**
     * The helpdesk at {@code https://{subdomain}.desk365.io}.
     *
     * @param subdomain for example {@code acme}
     * @param apiKey from Settings, Integrations, API; it works for its own subdomain alone
     * @throws IllegalArgumentException if one of them cannot be right; see the {@link Builder}
     */
    public static Desk365Client connect(String subdomain, String apiKey) {
        return builder().subdomain(subdomain).apiKey(apiKey).build();
    }

    /**
     * For other addresses and settings than {@link #connect} has.
     *
     * @throws IllegalStateException if the host has an HTTP client, or a part of it, that is too old; the message says
     *     which jar, and what to do
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A client for tests, which asks the given function in place of the network. All else is as with a real one: what is
     * refused before it is sent, what is checked in an answer, options, retries and cancellation.
     */
    public static Desk365Client fake(FakeService service) {
        return builder()
                .baseUrl(URI.create(FakeAnswers.BASE))
                .apiKey("key-of-a-fake")
                .httpClient(http -> http.addInterceptor(new FakeAnswers(service)))
                .build();
    }

    /** The same helpdesk, called with other options. Cheap: connections, key and counters are shared. */
    public Desk365Client with(UnaryOperator<RequestOptions> change) {
        return new Desk365Client(new Calls(calls.transport(), change.apply(calls.options())));
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
        return Async.run(executor, this, calls.options().cancellation(), call);
    }

    /** Where the helpdesk is: what stands before the API's paths. */
    public URI baseUrl() {
        return calls.transport().url("", Map.of()).uri();
    }

    /** The account's plan, as the builder was told; null if it was not. */
    public @Nullable Plan plan() {
        return calls.transport().plan();
    }

    /** How many calls are left, as of the last counted answer; null before the first. */
    public @Nullable RateLimit rateLimit() {
        return calls.transport().rateLimit();
    }

    /**
     * How far the service's clock was ahead of this machine's at its last answer, negative if behind: its {@code Date}
     * header less the own time. That header has whole seconds, so up to a second too little. Null before the first
     * answer that has the header.
     */
    public @Nullable Duration clockOffset() {
        return calls.transport().clockOffset();
    }

    /**
     * Asks whether the service is up, and answers its sentence. This does not check the key (one source); whether it
     * notices a wrong subdomain is unknown.
     */
    public String ping() {
        return String.valueOf(
                calls.get(Operation.PING, Map.of(), JsonDocument::new).get("message"));
    }

    /** Tickets and their conversations. */
    public Tickets tickets() {
        return new Tickets(calls);
    }

    /** The people who write to the helpdesk. */
    public Contacts contacts() {
        return new Contacts(calls);
    }

    /** The companies they belong to. */
    public Companies companies() {
        return new Companies(calls);
    }

    /** Time that agents spent on tickets. */
    public TimeEntries timeEntries() {
        return new TimeEntries(calls);
    }

    /** Surveys, and what contacts answered. */
    public Surveys surveys() {
        return new Surveys(calls);
    }

    /** Contracts with companies; for accounts to which the vendor has opened them. */
    public Contracts contracts() {
        return new Contracts(calls);
    }

    /** Articles, and the categories and folders that they are in. */
    public KnowledgeBase knowledgeBase() {
        return new KnowledgeBase(calls);
    }

    /** Places where assets are. */
    public AssetLocations assetLocations() {
        return new AssetLocations(calls);
    }

    /** The people who answer tickets. Undocumented. */
    public Agents agents() {
        return new Agents(calls);
    }

    /**
     * Fetches a file by its link, into a stream, which is flushed and stays open. The key is not sent, redirects are not
     * followed, and nothing is tried again. Memory does not grow with the file. It may take longer than the options'
     * timeout while it moves, 64 KiB at the least in each such time.
     *
     * <p>A link from anywhere but an answer of the service lets its author choose the host that is asked.
     *
     * @param attachmentUrl {@link FileLink#attachmentUrl()}, of an answer that is younger than an hour
     * @param mostBytes the file may have; counted after decompression, so a small answer cannot grow beyond it
     * @return how many bytes were written
     * @throws InvalidArgumentException if the link is not {@code https}; plain {@code http} is for loopback
     * @throws InvalidResponseException if the file is longer; as many bytes as it may have can have been written then
     * @throws ApiException if the link has expired, leads elsewhere, or fails otherwise
     * @throws IOException if the target cannot be written
     */
    public long download(String attachmentUrl, OutputStream target, long mostBytes) throws IOException {
        return new Download(calls).to(attachmentUrl, target, mostBytes);
    }

    /**
     * Fetches a file by its link, into a file that must not exist yet; none is left if that fails. All else is as in
     * {@link #download(String, OutputStream, long)}.
     */
    public long download(String attachmentUrl, Path target, long mostBytes) throws IOException {
        return new Download(calls).to(attachmentUrl, target, mostBytes);
    }

    /**
     * Sends any request with the key, limits and errors of this client, for operations that this version does not know.
     *
     * @param method GET, POST, PUT or DELETE
     * @param path below {@code /apis/v3/}, such as {@code tickets/details}, without a slash before it
     * @param query names and values; maps and lists are sent as JSON text
     * @param body sent as JSON; null for none
     * @return the object that was answered; an array stands under {@code content}, a text under {@code message}
     * @throws InvalidArgumentException if the method is another, the path leads elsewhere, or a GET has a body
     */
    public JsonDocument send(String method, String path, Map<String, ?> query, @Nullable Map<String, ?> body) {
        return calls.send(method, path, query, body);
    }

    /** Where the helpdesk is; no key. */
    @Override
    public String toString() {
        return "Desk365Client[" + calls.transport().url("", Map.of()) + "]";
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

        private Builder() {
            Jars.check();
        }

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

        /**
         * The API key. It is sent in the {@code Authorization} header, and shown nowhere. How long the vendor's keys are
         * is unverified; fewer than 8 characters are surely no key, and could not be told from a word where the service
         * repeats them.
         *
         * @throws IllegalArgumentException if it is not one word of at least 8 printable ASCII characters
         */
        public Builder apiKey(String apiKey) {
            if (!apiKey.strip().matches("[\\x21-\\x7e]{8,}")) {
                throw new IllegalArgumentException("An API key is one word of at least 8 printable ASCII characters");
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
         * @param path below {@code /apis/v3/}, without a slash before it
         * @throws IllegalArgumentException if there is no such operation, or the path leads elsewhere
         */
        public Builder path(String operationId, String path) {
            for (Operation operation : Operation.values()) {
                if (operation.id().equals(operationId)) {
                    paths.put(operationId, BaseUrl.below(path));
                    return this;
                }
            }
            throw new IllegalArgumentException("There is no operation " + operationId);
        }

        /**
         * The one door to the HTTP client: proxy, TLS, interceptors, metrics, connection pool. What this client promises
         * is set afterwards: no request is repeated or redirected by the HTTP client. A client with a customizer has
         * connections of its own unless the customizer leaves the pool alone. With a socket factory or a SOCKS proxy
         * of its own, an answer too many on a kept connection is not seen when it comes, but only if it is about
         * another record than the one that was asked for.
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
            Transport transport = new Transport(
                    new HttpClients(customizer),
                    base,
                    apiKey,
                    Map.copyOf(paths),
                    new RateLimitTracker(plan, clock),
                    clock,
                    sleeper);
            return new Desk365Client(new Calls(transport, options));
        }
    }
}
