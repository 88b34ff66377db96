package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Error answers as exceptions, in words that hold no secret. */
final class Errors {

    private static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_CHARACTERS = 500;

    private Errors() {}

    static ApiException of(String operation, Response response, String apiKey, boolean arrivedBefore) {
        int status = response.code();
        String says = serverMessage(response, apiKey);
        String message = operation + ": " + status + (says == null ? "" : ", " + says) + hint(status)
                + (arrivedBefore ? "; an earlier attempt may have arrived all the same" : "");
        ErrorAnswer answer = new ErrorAnswer(message, status, says, retryAfter(response), arrivedBefore);
        return switch (status) {
            case 401 -> new UnauthorizedException(answer);
            case 403 -> new ForbiddenException(answer);
            case 404 -> new NotFoundException(answer);
            case 409 -> new ConflictException(answer);
            case 429 -> new RateLimitedException(answer);
            default -> new ApiException(answer);
        };
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> " (check the API key: Settings > Integrations > API)";
            case 403 -> " (check that the key belongs to this subdomain; contracts need access that the vendor grants)";
            case 405 -> " (perhaps a required query parameter is missing: the service seems to answer so)";
            default -> "";
        };
    }

    /** The sentence in the body; pages are left out, since their markup helps nobody. */
    private static @Nullable String serverMessage(Response response, String apiKey) {
        String text;
        try (InputStream in = response.body().byteStream()) {
            text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            // The status came, and tells more than that its body did not.
            return null;
        }
        if (text.startsWith("{")) {
            text = sentence(text).strip();
        }
        if (text.startsWith("<")) {
            return null;
        }
        text = text.replace(apiKey, "(API key)").replaceAll("\\s+", " ").strip();
        if (text.length() > MOST_CHARACTERS) {
            boolean halved = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
            text = text.substring(0, halved ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "…";
        }
        return text.isEmpty() ? null : text;
    }

    private static String sentence(String json) {
        try {
            if (Json.read(json) instanceof Map<?, ?> fields) {
                for (String name : new String[] {"message", "description", "error"}) {
                    if (fields.get(name) instanceof String says && !says.isBlank()) {
                        return says;
                    }
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static @Nullable Duration retryAfter(Response response) {
        String seconds = response.header("Retry-After");
        return seconds != null && seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    /** The same, without what came where no HTTP came: OkHttp quotes it, and it may be a customer's text. */
    static Exception wordless(Exception e) {
        if (!quotes(e)) {
            return e;
        }
        IOException same = new IOException(e.getClass().getName());
        same.setStackTrace(e.getStackTrace());
        return same;
    }

    private static boolean quotes(@Nullable Throwable e) {
        return e != null
                && (e instanceof ProtocolException
                        || quotes(e.getCause())
                        || Stream.of(e.getSuppressed()).anyMatch(Errors::quotes));
    }

    /** Why no answer came, without the address that an exception's own message may hold. */
    static String reason(Exception e) {
        if (e instanceof Bodies.BadFile) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof Lookup.Abandoned) {
            return "timed out";
        }
        if (e instanceof UnknownHostException) {
            return "the host is unknown: check the subdomain";
        }
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        if (e instanceof SocketTimeoutException || e instanceof java.io.InterruptedIOException) {
            return "timed out";
        }
        if (e instanceof InterruptedException) {
            return "interrupted";
        }
        if (!(e instanceof IOException)) {
            return "the HTTP client or a part of the host's failed: "
                    + e.getClass().getSimpleName();
        }
        return e instanceof SSLException ? "TLS failed" : "the connection broke";
    }
}
