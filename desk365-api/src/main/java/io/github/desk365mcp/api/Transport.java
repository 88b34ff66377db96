package io.github.desk365mcp.api;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends an operation and reads its response. */
final class Transport {

    /** Waits between attempts. */
    @FunctionalInterface
    interface Sleeper {

        Sleeper REAL = (time, cancellation) -> {
            if (cancellation == null) {
                Thread.sleep(time.toMillis());
            } else {
                cancellation.await(time);
            }
        };

        void sleep(Duration time, @Nullable Cancellation cancellation) throws InterruptedException;
    }

    /** Reads a response while its connection is open. */
    @FunctionalInterface
    interface Reader<T> {

        T read(Response response) throws IOException;
    }

    /** An attempt with less time would fail at once and hide how the previous one failed. In milliseconds. */
    private static final long LEAST_LEFT = 500;

    private static final Pattern CALLS = Pattern.compile("\\d{1,9}");

    private static final int OK = 200;
    private static final int CREATED = 201;

    private final HttpClients http;
    private final HttpUrl base;
    private final String apiKey;
    private final Map<String, String> paths;
    private final RateLimitTracker rateLimit;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Random random = new Random();
    private final URI address;
    private volatile @Nullable Duration clockOffset;
    private volatile @Nullable String lastDate;

    Transport(
            HttpClients http,
            HttpUrl base,
            String apiKey,
            Map<String, String> paths,
            RateLimitTracker rateLimit,
            Clock clock,
            Sleeper sleeper) {
        this.http = http;
        this.base = base;
        this.address = base.uri();
        this.apiKey = apiKey;
        this.paths = paths;
        this.rateLimit = rateLimit;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Creates the HTTP client. */
    void prepare() {
        OkHttpClient unused = http.get(base.isHttps());
    }

    /** The address to which the paths of operations are relative. */
    URI address() {
        return address;
    }

    @Nullable
    Plan plan() {
        return rateLimit.plan();
    }

    @Nullable
    RateLimit rateLimit() {
        return rateLimit.current();
    }

    @Nullable
    Duration clockOffset() {
        return clockOffset;
    }

    /** Sends an operation; the given constructor reads the response. */
    <T> T send(
            Operation operation,
            Map<String, ?> query,
            @Nullable Map<String, ?> body,
            RequestOptions options,
            Function<Map<String, ?>, T> view) {
        refuseHalves(operation.words(), query);
        refuseHalves(operation.words(), body);
        if (operation.method == Operation.Method.PUT && body != null && changesNothing(body)) {
            throw new InvalidArgumentException(operation.words() + " needs at least one change");
        }
        RequestBody json = body == null ? null : Bodies.json(body);
        Map<String, ?> sent = body == null ? Map.of() : body;
        return send(operation, url(path(operation), query), json, options, answer -> {
            check(operation, answer, query, sent);
            return view.apply(answer);
        });
    }

    /**
     * Refuses unpaired surrogates. In UTF-8, they would be sent as question marks.
     *
     * @param words the operation as in a sentence
     */
    static void refuseHalves(String words, @Nullable Object value) {
        if (value instanceof String text) {
            if (text.codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff)) {
                throw new InvalidArgumentException(
                        words + " was given text with half a character (an unpaired surrogate)");
            }
        } else if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> {
                refuseHalves(words, name);
                refuseHalves(words, field);
            });
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> refuseHalves(words, item));
        }
    }

    /**
     * Whether an update changes nothing. Objects of fields, and of people to add and remove, may be empty; a top-level
     * empty list is a change, because it clears the field.
     */
    private static boolean changesNothing(Map<?, ?> changes) {
        return changes.values().stream()
                .allMatch(change -> change instanceof Map<?, ?> inner
                        && (changesNothing(inner) || inner.values().stream().allMatch(List.of()::equals)));
    }

    /** Sends an operation that uploads files with a JSON object. */
    <T> T upload(
            Operation operation,
            Map<String, ?> query,
            Map<String, ?> object,
            List<Attachment> files,
            RequestOptions options,
            Function<Map<String, ?>, T> view) {
        String name = operation.object;
        if (name == null) {
            throw new InvalidArgumentException(operation.words() + " does not upload files");
        }
        if (files.isEmpty()) {
            throw new InvalidArgumentException(operation.words() + " needs a file");
        }
        refuseHalves(operation.words(), query);
        refuseHalves(operation.words(), object);
        refuseHalves(operation.words(), files.stream().map(Attachment::name).toList());
        String json = Json.write(object);
        HttpUrl inQuery = url(path(operation), query)
                .newBuilder()
                .addQueryParameter(name, json)
                .build();
        boolean form = switch (options.attachmentObject()) {
            case QUERY -> false;
            case FORM -> true;
            case AUTO -> inQuery.toString().length() >= Bodies.LONGEST_URL;
        };
        RequestBody body = Bodies.multipart(form ? name : null, json, files);
        if (options.progress() != null) {
            body = new ProgressBody(body, options.progress());
        }
        HttpUrl url = form ? url(path(operation), query) : inQuery;
        return send(operation, url, body, options, answer -> {
            check(operation, answer, query, object);
            return view.apply(answer);
        });
    }

    private static void check(Operation operation, Map<String, ?> answer, Map<String, ?> query, Map<String, ?> sent) {
        String wrong = operation.answer().wrongWith(answer, query, sent);
        if (wrong != null) {
            throw new InvalidResponseException(operation.words() + ": the response " + wrong);
        }
    }

    /** Sends any request; the response may have any form. */
    JsonDocument send(
            String operation,
            Operation.Method method,
            HttpUrl url,
            @Nullable RequestBody body,
            RequestOptions options) {
        return send(
                operation,
                method,
                url,
                body,
                options,
                response -> new JsonDocument(Answers.read(operation, response, true)));
    }

    private <T> T send(
            Operation operation,
            HttpUrl url,
            @Nullable RequestBody body,
            RequestOptions options,
            Function<Map<String, ?>, T> view) {
        String words = operation.words();
        return send(words, operation.method, url, body, options, response -> {
            if (response.code() != OK && response.code() != CREATED) {
                // 202 means not done yet, 204 has no record, and no other success status is known.
                throw new InvalidResponseException(
                        words + ": the response has the unexpected status " + response.code());
            }
            return view.apply(Answers.read(words, response, operation.answer().mayBeText()));
        });
    }

    private <T> T send(
            String operation,
            Operation.Method method,
            HttpUrl url,
            @Nullable RequestBody body,
            RequestOptions options,
            Reader<T> reader) {
        long deadline = clock.millis() + options.limit().toMillis();
        Duration left = options.limit();
        boolean mayHaveArrived = false;
        for (int attempt = 1; ; attempt++) {
            Request request = request(method, url, body);
            options.tellRequest(method);
            try {
                return once(operation, request, left, options.cancellation(), mayHaveArrived, reader);
            } catch (ApiException | TransportException failure) {
                Duration wait = options.retry().waitAfter(attempt, method, failure, random);
                if (wait == null || clock.millis() + wait.toMillis() + LEAST_LEFT > deadline) {
                    throw failure;
                }
                mayHaveArrived |= failure.mayHaveArrived();
                sleep(wait, options.cancellation(), failure);
                left = Duration.ofMillis(deadline - clock.millis());
                if (left.toMillis() < LEAST_LEFT) {
                    // The wait took longer than requested.
                    throw failure;
                }
            }
        }
    }

    private void sleep(Duration wait, @Nullable Cancellation cancellation, Desk365Exception failure) {
        try {
            sleeper.sleep(wait, cancellation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private <T> T once(
            String operation,
            Request request,
            Duration timeout,
            @Nullable Cancellation cancellation,
            boolean mayHaveArrived,
            Reader<T> reader) {
        TimeLimit limit = new TimeLimit(timeout);
        if (Bodies.isUpload(request.body()) && request.body() instanceof OneShotBody upload) {
            upload.pauses(limit);
        }
        return exchange(operation, request, limit, cancellation, mayHaveArrived, response -> {
            count(response);
            compareClocks(response);
            if (!response.isSuccessful()) {
                throw Errors.of(operation, response, apiKey, mayHaveArrived, clock.instant());
            }
            return reader.read(response);
        });
    }

    /** Sends a request once and reads its response within the time limit. */
    <T> T exchange(
            String operation,
            Request request,
            TimeLimit limit,
            @Nullable Cancellation cancellation,
            boolean mayHaveArrived,
            Reader<T> reader) {
        try {
            return exchange(http.get(request.url().isHttps()).newCall(request), limit, cancellation, reader);
        } catch (OneRequest.UnfitConnection e) {
            // Nothing was sent. This ends: each time, the pool has one connection less.
            return exchange(operation, request, limit, cancellation, mayHaveArrived, reader);
        } catch (InvalidResponseException e) {
            // This may be the response to another request, and so may be all that follow on this connection.
            OneRequest.drop(request);
            throw e;
        } catch (Desk365Exception | Download.TargetFailed e) {
            throw e;
        } catch (Exception e) {
            // Of any type: custom interceptors throw anything, and so does OkHttp for malformed responses. The type
            // does not tell whether the request was sent.
            boolean left = mayHaveArrived || OneRequest.hasLeft(request);
            throw failure(operation, left, cancellation, limit, e);
        }
    }

    private static <T> T exchange(Call call, TimeLimit limit, @Nullable Cancellation cancellation, Reader<T> reader)
            throws IOException {
        Cancellation.Registration registration = cancellation == null ? () -> {} : cancellation.onCancel(call::cancel);
        try (registration;
                limit) {
            limit.start(call::cancel);
            try (Response response = Lookup.execute(call, cancellation, limit.time())) {
                return read(call, response, reader);
            }
        } catch (Desk365Exception e) {
            throw e;
        } catch (RuntimeException e) {
            // Otherwise OkHttp would reuse the connection, which still has the rest of this response.
            call.cancel();
            throw e;
        }
    }

    private static <T> T read(Call call, Response response, Reader<T> reader) throws IOException {
        try {
            return reader.read(response);
        } catch (InvalidResponseException | Json.Malformed e) {
            // Otherwise OkHttp would read the rest of the response to reuse the connection.
            call.cancel();
            throw e;
        }
    }

    private static Desk365Exception failure(
            String operation,
            boolean mayHaveArrived,
            @Nullable Cancellation cancellation,
            TimeLimit limit,
            Exception e) {
        if (e instanceof InterruptedException) {
            // OkHttp throws it, undeclared, while connecting.
            Thread.currentThread().interrupt();
        }
        if (e instanceof Json.Malformed) {
            return new InvalidResponseException(operation + ": the response is " + e.getMessage(), e);
        }
        Exception cause = Errors.wordless(e);
        String outcome = mayHaveArrived ? "it may have been carried out" : "nothing was sent";
        if (cancellation != null && cancellation.isCancelled()) {
            return new CancelledException(operation + ": cancelled; " + outcome, mayHaveArrived, cause);
        }
        String reason = limit.isOver() ? "timed out" : Errors.reason(e);
        String message = operation + ": no response (" + reason + "); " + outcome;
        return reason.equals(Errors.distrust(e))
                ? new TlsException(message, reason, mayHaveArrived, cause)
                : new TransportException(message, reason, mayHaveArrived, cause);
    }

    private void count(Response response) {
        String remaining = response.header("X-Rate-Limit-Remaining");
        if (remaining != null && CALLS.matcher(remaining).matches()) {
            rateLimit.saw(Integer.parseInt(remaining));
        }
    }

    private void compareClocks(Response response) {
        String date = response.header("Date");
        if (date == null || date.equals(lastDate)) {
            // Within a second, the first response is the most exact one, and parsing takes long.
            return;
        }
        lastDate = date;
        Instant parsed = response.headers().getInstant("Date");
        if (parsed != null) {
            clockOffset = Duration.between(clock.instant(), parsed);
        }
    }

    private String path(Operation operation) {
        return paths.getOrDefault(operation.id(), operation.path);
    }

    HttpUrl url(String path, Map<String, ?> query) {
        HttpUrl.Builder url = base.newBuilder().addPathSegments(path);
        query.forEach((name, value) -> url.addQueryParameter(name, inQuery(name, value)));
        return url.build();
    }

    private static String inQuery(String name, @Nullable Object value) {
        if (value instanceof Map || value instanceof Collection) {
            return Json.write(value);
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        throw new InvalidArgumentException(name + " in a query must be a string, number, boolean, list or map");
    }

    private Request request(Operation.Method method, HttpUrl url, @Nullable RequestBody body) {
        // Every write has a body, even DELETE: only a request with a one-shot body is never sent twice.
        RequestBody once = method == Operation.Method.GET ? null : new OneShotBody(body == null ? Bodies.EMPTY : body);
        return tagged(new Request.Builder()
                .url(url)
                .method(method.name(), once)
                .header("Authorization", apiKey)
                .header("Accept", "application/json"));
    }

    /** Adds the headers that need no API key. */
    static Request tagged(Request.Builder request) {
        return request.header("User-Agent", "desk365-api-java/" + Version.TEXT)
                .tag(OneRequest.class, new OneRequest())
                .build();
    }
}
