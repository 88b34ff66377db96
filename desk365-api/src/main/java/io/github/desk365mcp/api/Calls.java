package io.github.desk365mcp.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls operations through a transport, with the options of one client. */
record Calls(Transport transport, RequestOptions options) {

    <T> T get(Operation operation, Map<String, ?> query, Function<Map<String, ?>, T> view) {
        return write(operation, query, null, view);
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

    /** Lists records in pages; {@code items} is the field of the response that has the records. */
    <T> Paged<T> paged(Operation operation, Map<String, ?> query, String items, Function<Map<String, ?>, T> view) {
        long start = query.get("offset") instanceof Number offset ? offset.longValue() : 0;
        return new Paged<>(start, offset -> {
            Map<String, Object> page = new LinkedHashMap<>(query);
            if (offset > 0) {
                page.put("offset", offset);
            }
            JsonDocument answer = get(operation, page, JsonDocument::new);
            if (!answer.has(items)) {
                // Reading it as an empty list would hide every record.
                throw new InvalidResponseException(operation.words() + ": the response has no " + items);
            }
            return Page.of(answer.objects(items, view), total(answer), offset, answer);
        });
    }

    /** Ignores a malformed or negative count, so that the records can still be read. */
    private static @Nullable Long total(JsonDocument answer) {
        try {
            Long total = answer.integer(answer.has("count") ? "count" : "total");
            return total == null || total < 0 ? null : total;
        } catch (InvalidResponseException e) {
            return null;
        }
    }

    JsonDocument send(String method, String path, Map<String, ?> query, @Nullable Map<String, ?> body) {
        Operation.Method verb = verb(method);
        if (body != null && verb == Operation.Method.GET) {
            throw new InvalidArgumentException("GET has no body");
        }
        String words = verb + " " + path;
        Transport.refuseHalves(verb.name(), path);
        Transport.refuseHalves(words, query);
        Transport.refuseHalves(words, body);
        return transport.send(
                words,
                verb,
                transport.url(BaseUrl.below(path), query),
                body == null ? null : Bodies.json(body),
                options);
    }

    private static Operation.Method verb(String method) {
        try {
            return Operation.Method.valueOf(method.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidArgumentException("The method must be GET, POST, PUT or DELETE");
        }
    }
}
