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
 * A client for one Desk365 helpdesk.
 *
 * <pre>{@code
 * Desk365Client desk = Desk365Client.connect("acme", apiKey);
 * Ticket ticket = desk.tickets().get(4052);
 * desk.with(o -> o.timeout(ofSeconds(5))).tickets().list(q -> q.status("Open")).stream().limit(200)
 * }</pre>
 *
 * <p>Immutable and thread-safe. Create one client per account and keep it. Creating a client opens no connection, and
 * clients need not be closed: they share connections, which close automatically when idle.
 *
 * <p>Calls block; {@link #async} runs them on an executor. Every method that calls the service throws a
 * {@link Desk365Exception} on failure and sends the request once, without retries unless
 * {@link RequestOptions#retry(RetryPolicy)} enables them. Invalid arguments, such as an update without changes, throw
 * an {@link IllegalArgumentException} before anything is sent.
 */
public final class Desk365Client {

    private final Calls calls;

    private Desk365Client(Calls calls) {
        this.calls = calls;
    }

    /**
     * Creates a client for the helpdesk at {@code https://{subdomain}.desk365.io}.
     *
     * @param subdomain for example {@code acme}
     * @param apiKey the API key from Settings, Integrations, API; it works only for its own subdomain
     * @return the client
     * @throws IllegalArgumentException if one of them is not valid; see the {@link Builder}
     */
    public static Desk365Client connect(String subdomain, String apiKey) {
        return builder().subdomain(subdomain).apiKey(apiKey).build();
    }

    /**
     * Creates a builder, for other addresses and settings than {@link #connect} offers.
     *
     * @return a new builder
     * @throws IllegalStateException if OkHttp or one of its dependencies on the class path is too old; the message
     *     names the jar and the remedy
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates a client for tests that calls the given function instead of the network. Everything else works as in a
     * real client: the checks of requests and responses, options, retries and cancellation.
     *
     * @param service answers the requests
     * @return the client
     */
    public static Desk365Client fake(FakeService service) {
        return builder()
                .baseUrl(URI.create(FakeAnswers.BASE))
                .apiKey("key-of-a-fake")
                .httpClient(http -> http.addInterceptor(new FakeAnswers(service)))
                .build();
    }

    /**
     * Returns a client for the same helpdesk with other options. Cheap: connections, key and counters are shared.
     *
     * @param change returns the changed options
     * @return the new client
     */
    public Desk365Client with(UnaryOperator<RequestOptions> change) {
        return new Desk365Client(new Calls(calls.transport(), change.apply(calls.options())));
    }

    /**
     * Runs a call on an executor. When the future is cancelled, times out or is completed by other code, the call's
     * connection is closed at once; a write that was being sent may have been carried out. Cancelling a future derived
     * from the returned one does not end the call. Once the call has returned, its client is not cancelled any more,
     * neither by the future nor by a cancellation of this client, so that a list which it returned can be read.
     *
     * <pre>{@code
     * CompletableFuture<Ticket> ticket = desk.async(executor, d -> d.tickets().get(4052));
     * }</pre>
     *
     * @param executor runs the call
     * @param call the call, which receives a client that ends with the future
     * @param <T> the type of the result
     * @return the future result; it completes exceptionally with what the call throws
     */
    public <T> CompletableFuture<T> async(Executor executor, Function<Desk365Client, T> call) {
        return Async.run(executor, this, calls.options().cancellation(), call);
    }

    /** {@return the address of the helpdesk, to which the API's paths are relative} */
    public URI baseUrl() {
        return calls.transport().address();
    }

    /**
     * Creates the HTTP client now rather than at the first call, which then need not wait for it: for https, reading the
     * trusted certificates takes about a quarter of a second on a cold virtual machine. Optional, and useful on a thread of
     * its own while a program starts. Nothing is sent.
     */
    public void prepare() {
        calls.transport().prepare();
    }

    /** {@return the account's plan as set on the builder, or null if it was not set} */
    public @Nullable Plan plan() {
        return calls.transport().plan();
    }

    /** {@return how many calls are left as of the last counted response, or null before the first} */
    public @Nullable RateLimit rateLimit() {
        return calls.transport().rateLimit();
    }

    /**
     * {@return how far the service's clock was ahead of this machine's at the last response, negative if behind; null
     * before the first response with a {@code Date} header} It is that header minus this machine's time. The header has
     * whole seconds, so the result may be up to a second too low.
     */
    public @Nullable Duration clockOffset() {
        return calls.transport().clockOffset();
    }

    /**
     * {@return the service's status message} This does not check the API key (one source); whether it detects a wrong
     * subdomain is unknown.
     */
    public String ping() {
        return String.valueOf(
                calls.get(Operation.PING, Map.of(), JsonDocument::new).get("message"));
    }

    /** {@return the tickets and their conversations} */
    public Tickets tickets() {
        return new Tickets(calls);
    }

    /** {@return the contacts: people who write to the helpdesk} */
    public Contacts contacts() {
        return new Contacts(calls);
    }

    /** {@return the companies that contacts belong to} */
    public Companies companies() {
        return new Companies(calls);
    }

    /** {@return the time that agents spent on tickets} */
    public TimeEntries timeEntries() {
        return new TimeEntries(calls);
    }

    /** {@return the surveys and their responses} */
    public Surveys surveys() {
        return new Surveys(calls);
    }

    /** {@return the contracts with companies; the vendor must have granted access to them} */
    public Contracts contracts() {
        return new Contracts(calls);
    }

    /** {@return the articles and their categories and folders} */
    public KnowledgeBase knowledgeBase() {
        return new KnowledgeBase(calls);
    }

    /** {@return the asset locations} */
    public AssetLocations assetLocations() {
        return new AssetLocations(calls);
    }

    /** {@return the agents, from an undocumented endpoint} */
    public Agents agents() {
        return new Agents(calls);
    }

    /**
     * Downloads a file to a stream, which is flushed but not closed. The API key is not sent, redirects are not
     * followed, and the download is not retried. Memory use does not depend on the size of the file. The download may
     * exceed the options' timeout as long as at least 64 KiB arrive per timeout.
     *
     * <p>Use only links from the service's responses: with any other link, its author chooses which server this client
     * contacts.
     *
     * @param attachmentUrl a link from {@link FileLink#attachmentUrl()}, at most an hour old
     * @param target the stream to write to
     * @param mostBytes the maximum size of the file, counted after decompression
     * @return the number of bytes written
     * @throws InvalidArgumentException if the link does not use {@code https}, or {@code http} with a loopback address
     * @throws InvalidResponseException if the file is larger than {@code mostBytes}; up to that many bytes may have
     *     been written
     * @throws ApiException if the link has expired, redirects, or fails in another way
     * @throws IOException if the target cannot be written
     */
    public long download(String attachmentUrl, OutputStream target, long mostBytes) throws IOException {
        return new Download(calls).to(attachmentUrl, target, mostBytes);
    }

    /**
     * Downloads a file to a new file, which is deleted if the download fails. Otherwise the same as
     * {@link #download(String, OutputStream, long)}.
     *
     * @param attachmentUrl a link from {@link FileLink#attachmentUrl()}, at most an hour old
     * @param target the file to create; it must not exist
     * @param mostBytes the maximum size of the file, counted after decompression
     * @return the number of bytes written
     * @throws IOException if the target exists or cannot be written
     */
    public long download(String attachmentUrl, Path target, long mostBytes) throws IOException {
        return new Download(calls).to(attachmentUrl, target, mostBytes);
    }

    /**
     * Sends any request with the API key, limits and errors of this client, for operations that this version does not
     * know.
     *
     * @param method GET, POST, PUT or DELETE
     * @param path the path below {@code /apis/v3/} without a leading slash, such as {@code tickets/details}
     * @param query names and values: strings, numbers, booleans, and maps and collections, which are sent as JSON text
     * @param body the body, sent as JSON; null for none
     * @return the object in the response; an array is returned under {@code content}, plain text under {@code message}
     * @throws InvalidArgumentException if the method is not one of those, the path is not below {@code /apis/v3/}, a
     *     value of the query is null or of another type, or a GET has a body
     */
    public JsonDocument send(String method, String path, Map<String, ?> query, @Nullable Map<String, ?> body) {
        return calls.send(method, path, query, body);
    }

    /** {@return the address of the helpdesk, without the API key} */
    @Override
    public String toString() {
        return "Desk365Client[" + calls.transport().url("", Map.of()) + "]";
    }

    /** Builds clients. Not thread-safe, unlike the clients. */
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

        /**
         * Sets the helpdesk to {@code https://{subdomain}.desk365.io}.
         *
         * @param subdomain for example {@code acme}
         * @return this
         * @throws IllegalArgumentException if it is not a single DNS label
         */
        public Builder subdomain(String subdomain) {
            if (!subdomain.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")) {
                throw new IllegalArgumentException(
                        "A subdomain is the first part of the helpdesk address: acme in acme.desk365.io");
            }
            return baseUrl(URI.create("https://" + subdomain + ".desk365.io/apis"));
        }

        /**
         * Sets the base URL. The API version is appended unless the URL ends with it.
         *
         * @param baseUrl for example {@code https://acme.desk365.io/apis}
         * @return this
         * @throws IllegalArgumentException if it does not use {@code https}, or {@code http} with a loopback address,
         *     or has a user, a query or a fragment
         */
        public Builder baseUrl(URI baseUrl) {
            this.base = BaseUrl.of(baseUrl);
            return this;
        }

        /**
         * Sets the API key. It is sent in the {@code Authorization} header and never displayed. The length of the
         * vendor's keys is unverified. Keys of fewer than 8 characters are refused: in the service's messages, they
         * could not be told from ordinary words.
         *
         * @param apiKey the API key; surrounding spaces are removed
         * @return this
         * @throws IllegalArgumentException if it is not one word of at least 8 printable ASCII characters
         */
        public Builder apiKey(String apiKey) {
            if (!apiKey.strip().matches("[\\x21-\\x7e]{8,}")) {
                throw new IllegalArgumentException("An API key is one word of at least 8 printable ASCII characters");
            }
            this.apiKey = apiKey.strip();
            return this;
        }

        /**
         * Sets the account's plan, for the estimates in {@link RateLimit}. By default, the plan is unknown.
         *
         * @param plan the plan
         * @return this
         */
        public Builder plan(Plan plan) {
            this.plan = plan;
            return this;
        }

        /**
         * Changes the default options for calls; {@link Desk365Client#with} overrides them.
         *
         * @param change returns the changed options
         * @return this
         */
        public Builder options(UnaryOperator<RequestOptions> change) {
            this.options = change.apply(options);
            return this;
        }

        /**
         * Sets the path of an operation. Useful for the few whose paths are not published and were guessed:
         * {@code createTimeEntry}, {@code createContactWithAttachment} and {@code createCompanyWithAttachment}.
         *
         * @param operationId the operation's id in the OpenAPI description in the project's documentation
         * @param path the path below {@code /apis/v3/}, without a leading slash
         * @return this
         * @throws IllegalArgumentException if there is no such operation, or the path is not below {@code /apis/v3/}
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
         * Customizes the HTTP client: proxy, TLS, interceptors, metrics, connection pool. The settings on which this
         * client's promises depend are applied afterwards, so the HTTP client never retries or redirects a request.
         *
         * <p>A customized client has its own connections unless the customizer leaves the connection pool unchanged.
         * With a custom socket factory or a SOCKS proxy, an extra response on a reused connection is not detected when
         * it arrives, but only if it is about another record than the requested one.
         *
         * <p>For a proxy with a user and password, which are sent only to the proxy:
         *
         * <pre>{@code
         * builder.httpClient(http -> http
         *         .proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128)))
         *         .proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null
         *                 ? null // The proxy has refused them.
         *                 : response.request().newBuilder()
         *                         .header("Proxy-Authorization", Credentials.basic(user, password))
         *                         .build()));
         * }</pre>
         *
         * <p>Without a proxy set here, Java's own settings apply ({@code https.proxyHost}); environment variables do
         * not. If a proxy inspects TLS, start Java with a trust store that has its certificate
         * ({@code -Djavax.net.ssl.trustStore}), or set {@code sslSocketFactory} here.
         *
         * @param customizer changes the builder of the HTTP client; it may be called more than once: plain http, which
         *     only a server on loopback has, gets a client of its own
         * @return this
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
         * Creates the client. No connection is opened yet.
         *
         * @return the client
         * @throws IllegalStateException if the address or the API key is missing
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
