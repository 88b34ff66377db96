package io.github.desk365mcp.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A response to the caller. */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, Map<String, String> headers, byte[] body) {

    private static final Map<Integer, String> REASONS = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            429, "Too Many Requests",
            500, "Internal Server Error");

    static Answer ok(JsonNode json) {
        return json(200, json);
    }

    static Answer created(JsonNode json) {
        return json(201, json);
    }

    static Answer json(int status, JsonNode json) {
        return of(status, "application/json", Json.print(json));
    }

    /** Returns an error in the form that the vendor documents. */
    static Answer error(int status, String message) {
        return json(
                status,
                Json.object()
                        .put("status", status)
                        .put("error", REASONS.getOrDefault(status, "Error"))
                        .put("message", message));
    }

    static Answer text(int status, String contentType, String text) {
        return of(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, Collections.unmodifiableMap(all), body);
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + headers + ", " + body.length + " bytes]";
    }
}
