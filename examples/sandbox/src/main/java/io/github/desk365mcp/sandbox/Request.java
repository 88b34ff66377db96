package io.github.desk365mcp.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.jspecify.annotations.Nullable;

/** A request that was read completely. */
final class Request {

    private final String method;
    private final URI uri;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> headers;
    private final List<Upload> uploads = new ArrayList<>();
    private final Rules rules;
    private byte[] body = new byte[0];
    private boolean malformed;

    private Request(String method, URI uri, Map<String, List<String>> headers, Rules rules) {
        this.method = method;
        this.uri = uri;
        this.query = parse(uri.getRawQuery());
        this.headers = lowerCase(headers);
        this.rules = rules;
    }

    static Request read(HttpExchange http, Rules rules) throws IOException {
        return read(
                http.getRequestMethod(), http.getRequestURI(), http.getRequestHeaders(), http.getRequestBody(), rules);
    }

    static Request read(String method, URI uri, Map<String, List<String>> headers, InputStream body, Rules rules)
            throws IOException {
        Request request = new Request(method, uri, headers, rules);
        String contentType = request.header("content-type");
        if (contentType == null || !Multipart.matches(contentType)) {
            request.body = body.readAllBytes();
            return request;
        }
        try {
            Multipart.read(body, contentType, request.uploads);
        } catch (FileUploadException | IllegalArgumentException e) {
            request.malformed = true;
            body.transferTo(OutputStream.nullOutputStream());
        }
        return request;
    }

    /** Refuses a form that could not be read completely. */
    void check() {
        rules.refuseIf(malformed, Guess.READABLE_BODY, "The multipart request cannot be read");
    }

    String method() {
        return method;
    }

    String path() {
        return uri.getPath();
    }

    /** Returns the length of the first line of the request in bytes. */
    int lineLength() {
        return (method + " " + uri + " HTTP/1.1").length();
    }

    @Nullable
    String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null ? null : values.get(0);
    }

    @Nullable
    String query(String name) {
        List<String> values = query.get(name);
        return values == null || rules.ignores(name) ? null : values.get(0);
    }

    /** Returns a parameter that is part of the routing: without it, the service answers 405. */
    String required(String name) {
        String value = query(name);
        if (value == null || value.isBlank()) {
            throw Refusal.methodNotAllowed("Request method '" + method + "' is not supported");
        }
        return value;
    }

    /** Returns a parameter that may be in the query or in the form. */
    String requiredAnywhere(String name) {
        return formText(name).orElseGet(() -> required(name));
    }

    boolean flag(String name, boolean otherwise) {
        String value = query(name);
        return value == null ? otherwise : value.equals("1");
    }

    /** Returns the number of records to skip. */
    int offset() {
        String value = query("offset");
        return value == null ? 0 : Math.max(0, number(value, "offset").orElse(0));
    }

    /** Returns a page size. The service accepts three. */
    int pageSize(String name) {
        String value = query(name);
        if (value == null) {
            return 30;
        }
        if (!Set.of("30", "50", "100").contains(value)) {
            throw Refusal.badRequest(name + " must be 30, 50 or 100");
        }
        return Integer.parseInt(value);
    }

    /** Reads a number. If it is invalid and the guess for that is off, returns empty. */
    Optional<Integer> number(String value, String name) {
        try {
            return Optional.of(Integer.valueOf(value.strip()));
        } catch (NumberFormatException e) {
            rules.refuse(Guess.READABLE_QUERY, "Invalid value '" + value + "' for " + name);
            return Optional.empty();
        }
    }

    /** Returns the JSON object in the body. */
    Body body(Set<String> allowed) {
        return Body.read(new String(body, StandardCharsets.UTF_8), allowed, rules);
    }

    /** Returns the JSON object of a request with files, which may be in the form or in the query. */
    Body object(String name, Set<String> allowed) {
        return Body.read(requiredAnywhere(name), allowed, rules);
    }

    private Optional<String> formText(String name) {
        return uploads.stream()
                .map(Upload::part)
                .filter(part -> part.name().equals(name) && part.text() != null)
                .map(part -> String.valueOf(part.text()))
                .findFirst();
    }

    /** Returns the files in the order of the request. */
    List<Upload> files() {
        return uploads.stream()
                .filter(upload -> upload.part().fileName() != null)
                .filter(upload -> Set.of("file", "files").contains(upload.part().name()))
                .toList();
    }

    Exchange exchange(int status) {
        List<Part> parts = uploads.stream().map(Upload::part).toList();
        Map<String, List<String>> shown = new LinkedHashMap<>(headers);
        shown.computeIfPresent("authorization", (name, values) -> List.of("(hidden)"));
        return new Exchange(method, path(), query, Collections.unmodifiableMap(shown), body, parts, status);
    }

    private static Map<String, List<String>> parse(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
        }
        return Collections.unmodifiableMap(query);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return copy;
    }
}
