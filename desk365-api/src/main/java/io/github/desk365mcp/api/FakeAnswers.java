package io.github.desk365mcp.api;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Calls a {@link FakeService} instead of the network. It runs inside the HTTP client, so all code of this library that
 * handles requests and responses runs as in a real call.
 */
record FakeAnswers(FakeService service) implements Interceptor {

    static final String BASE = "https://fake.invalid/apis/v3/";

    private static final MediaType JSON = MediaType.get("application/json");

    @Override
    public Response intercept(Chain chain) throws IOException {
        if (chain.call().isCanceled()) {
            // OkHttp calls interceptors even for a cancelled call; the network would fail.
            throw new IOException("Canceled");
        }
        Request request = chain.request();
        Map<String, String> query = query(request.url());
        String path = request.url().toString().split("\\?", 2)[0];
        String below = path.startsWith(BASE) ? path.substring(BASE.length()) : path;
        Operation known = known(request.method(), below);
        String object = known == null || known.object == null ? null : query.remove(known.object);
        String sent = body(request.body());
        String body = object == null ? sent : object;
        String id = known != null ? known.id() : path.startsWith(BASE) ? request.method() + " " + below : "download";
        JsonDocument fields = body.isEmpty() ? new JsonDocument(Map.of()) : JsonDocument.parse(body);
        OneRequest.leaves(request);
        Map<String, ?> answer = service.answer(id, new JsonDocument(query), fields);
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(Json.write(new JsonDocument(answer).toMap()), JSON))
                .build();
    }

    private static Map<String, String> query(HttpUrl url) {
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 0; i < url.querySize(); i++) {
            query.put(url.queryParameterName(i), String.valueOf(url.queryParameterValue(i)));
        }
        return query;
    }

    private static @Nullable Operation known(String method, String path) {
        for (Operation operation : Operation.values()) {
            if (operation.method.name().equals(method) && operation.path.equals(path)) {
                return operation;
            }
        }
        return null;
    }

    /**
     * Reads the JSON of a body, or an empty string if there is none. The body is read to its end, as a socket would.
     */
    private static String body(@Nullable RequestBody body) throws IOException {
        if (body == null) {
            return "";
        }
        boolean isJson = JSON.equals(body.contentType());
        Buffer json = new Buffer();
        try (BufferedSink sink = isJson ? json : Okio.buffer(Okio.blackhole())) {
            body.writeTo(sink);
        }
        if (isJson) {
            return json.readUtf8();
        }
        RequestBody inner = body instanceof OneShotBody once ? once.body() : body;
        RequestBody form = inner instanceof ProgressBody progress ? progress.body() : inner;
        // In a form, the JSON object precedes the files.
        return form instanceof MultipartBody parts
                        && JSON.equals(parts.part(0).body().contentType())
                ? body(parts.part(0).body())
                : "";
    }
}
