package io.github.desk365mcp.server.approval;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The fields of a submitted form. The servlet's own parameters would include those of the address. */
record Form(Map<String, String> fields) {

    static final int MOST_BYTES = 8 << 10;

    /** How long a form may take to arrive. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final String TYPE = "application/x-www-form-urlencoded";

    /** Returns no fields if the body is not a form, or is larger or slower than any form of these pages. */
    static Form read(HttpServletRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return mayBeForm(request) && read(request, body) ? of(request, body) : new Form(Map.of());
    }

    private static boolean mayBeForm(HttpServletRequest request) {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        return type.startsWith(TYPE) && request.getContentLengthLong() <= MOST_BYTES;
    }

    /** Returns the fields of a body that was read; none if it is not a form. */
    static Form of(HttpServletRequest request, ByteArrayOutputStream body) {
        Map<String, String> fields = new HashMap<>();
        if (mayBeForm(request)) {
            for (String field : body.toString(StandardCharsets.UTF_8).split("&")) {
                String[] parts = field.split("=", 2);
                if (parts.length == 2) {
                    fields.putIfAbsent(decode(parts[0]), decode(parts[1]));
                }
            }
        }
        return new Form(fields);
    }

    private static boolean read(HttpServletRequest request, ByteArrayOutputStream body) {
        long end = System.nanoTime() + LONGEST.toNanos();
        byte[] buffer = new byte[2048];
        try {
            InputStream input = request.getInputStream();
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > MOST_BYTES || System.nanoTime() > end) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // The rest did not arrive in time.
            return false;
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Returns the names of the boxes that were checked, without what all of them begin with. */
    String[] checked(String prefix) {
        return fields.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toArray(String[]::new);
    }

    String get(String name) {
        return fields.getOrDefault(name, "");
    }
}
