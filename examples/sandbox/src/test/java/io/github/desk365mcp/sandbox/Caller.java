package io.github.desk365mcp.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Calls a sandbox over HTTP. */
final class Caller {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Desk365Sandbox sandbox;
    private final String key;

    Caller(Desk365Sandbox sandbox) {
        this(sandbox, sandbox.apiKey());
    }

    Caller(Desk365Sandbox sandbox, String key) {
        this.sandbox = sandbox;
        this.key = key;
    }

    record Reply(int status, HttpResponse<byte[]> response) {

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.MAPPER.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("absent");
        }

        /** Returns the values of one field of a list's items. */
        List<String> all(String list, String field) {
            List<String> values = new ArrayList<>();
            json().path(list).forEach(item -> values.add(item.path(field).asString()));
            return values;
        }
    }

    /** Calls a path such as {@code /tickets/details}, with query parameters as alternating names and values. */
    Reply get(String path, String... query) {
        return send("GET", path, query, BodyPublishers.noBody(), "");
    }

    Reply delete(String path, String... query) {
        return send("DELETE", path, query, BodyPublishers.noBody(), "");
    }

    /** Calls with a JSON body, in which quotes are written as single quotes. */
    Reply post(String path, String json, String... query) {
        return send("POST", path, query, BodyPublishers.ofString(json.replace('\'', '"')), "application/json");
    }

    Reply put(String path, String json, String... query) {
        return send("PUT", path, query, BodyPublishers.ofString(json.replace('\'', '"')), "application/json");
    }

    Reply form(String path, BodyPublisher form, String... query) {
        return send("POST", path, query, form, "multipart/form-data; boundary=" + Form.BOUNDARY);
    }

    Reply file(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return exchange(request);
    }

    private Reply send(String method, String path, String[] query, BodyPublisher body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path, query))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (!key.isEmpty()) {
            request.header("Authorization", key);
        }
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return exchange(request.build());
    }

    private URI uri(String path, String... query) {
        StringBuilder uri = new StringBuilder(sandbox.baseUrl() + "/v3" + path);
        for (int i = 0; i < query.length; i += 2) {
            uri.append(i == 0 ? '?' : '&')
                    .append(query[i])
                    .append('=')
                    .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return URI.create(uri.toString());
    }

    private static Reply exchange(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
