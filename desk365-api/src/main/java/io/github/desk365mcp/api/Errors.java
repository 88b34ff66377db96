package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Error answers as exceptions, in words that hold no secret. */
final class Errors {

    private static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_CHARACTERS = 500;

    /** A key from this length on is in no sentence by chance, so it is hidden within other letters too. */
    private static final int SURE_KEY = 16;

    /** What no service means, and nobody can count with. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private static final String OTHER_NAME = "TLS: the server's certificate is for another host name: check the"
            + " subdomain or base URL, and a proxy on the way";

    private Errors() {}

    /**
     * The message has none of the service's words: messages get logged, and the words may quote a customer.
     *
     * @param now for dates that the service names without saying what time it has itself
     */
    static ApiException of(String operation, Response response, String apiKey, boolean arrivedBefore, Instant now) {
        int status = response.code();
        String says = serverMessage(response, apiKey);
        String message = operation + ": " + status + hint(status)
                + (says == null ? "" : "; what the service said is in serverMessage()")
                + (arrivedBefore ? "; an earlier attempt may have arrived all the same" : "");
        ErrorAnswer answer = new ErrorAnswer(message, status, says, retryAfter(response, now), arrivedBefore);
        return ApiException.of(answer);
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
        byte[] bytes;
        try (InputStream in = response.body().byteStream()) {
            bytes = in.readNBytes(MOST_BYTES);
        } catch (IOException | RuntimeException e) {
            // The status came, and tells more than that its body did not.
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (bytes.length == MOST_BYTES) {
            // The end may be half a key.
            text = text.substring(0, Math.max(0, text.length() - apiKey.length()));
        }
        text = text.strip();
        if (text.startsWith("{")) {
            text = sentence(text).strip();
        }
        if (text.startsWith("<")) {
            return null;
        }
        text = masked(text, apiKey).replaceAll("\\s+", " ").strip();
        if (text.length() > MOST_CHARACTERS) {
            boolean halved = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
            text = text.substring(0, halved ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "…";
        }
        return text.isEmpty() ? null : text;
    }

    /** Without the key; a short one is hidden where it stands by itself, or it would take pieces out of words. */
    private static String masked(String text, String apiKey) {
        String key = Pattern.quote(apiKey);
        if (apiKey.length() < SURE_KEY) {
            // Escapes such as %20 and \n end in letters that belong to no word.
            key = "(?:(?<![\\p{L}\\p{N}])|(?<=%\\p{XDigit}{2}|\\\\u\\p{XDigit}{4}|\\\\[bfnrt]))" + key
                    + "(?![\\p{L}\\p{N}])";
        }
        return text.replaceAll(key, "(API key)");
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

    /** Seconds, or a date, which is compared with the service's own time where it tells that. */
    private static @Nullable Duration retryAfter(Response response, Instant now) {
        String header = response.header("Retry-After", "");
        if (header.matches("\\d+")) {
            return header.matches("0*\\d{1,9}") ? bounded(Duration.ofSeconds(Long.parseLong(header))) : LONGEST_WAIT;
        }
        Instant until = response.headers().getInstant("Retry-After");
        if (until == null) {
            return null;
        }
        Instant sent = response.headers().getInstant("Date");
        return bounded(Duration.between(sent == null ? now : sent, until));
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
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
        String distrust = distrust(e);
        return distrust != null ? distrust : e instanceof SSLException ? "TLS failed" : "the connection broke";
    }

    /** Why there is no TLS with this server, and what a person can do; null if it may be there another time. */
    static @Nullable String distrust(Exception e) {
        String says = String.valueOf(e.getMessage());
        if (e instanceof SSLPeerUnverifiedException) {
            return says.startsWith("Certificate pinning")
                    ? "TLS: the server's certificate is none of those that this program pins"
                    : OTHER_NAME;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String fault = certificateFault(cause);
            if (fault != null) {
                return fault;
            }
        }
        if (says.contains("certificate_required") || says.contains("bad_certificate")) {
            return "TLS: the server wants a certificate of this program";
        }
        if (e instanceof UnknownServiceException && says.contains("acceptable protocols")
                || says.contains("handshake_failure")
                || says.contains("protocol_version")
                || says.contains("insufficient_security")
                || says.contains("No appropriate protocol")) {
            return "TLS: the server and this program have no version or cipher in common: update the older of the two";
        }
        return e instanceof SSLException && says.contains("nrecognized SSL message")
                ? "TLS: what answers there does not speak it: check the address, and a proxy on the way"
                : null;
    }

    private static @Nullable String certificateFault(Throwable e) {
        Object reason = e instanceof CertPathValidatorException invalid ? invalid.getReason() : "";
        if (e instanceof CertificateExpiredException || reason == BasicReason.EXPIRED) {
            return "TLS: the server's certificate has expired: check the clock of this machine, and if it is right tell"
                    + " whoever runs the server";
        }
        if (e instanceof CertificateNotYetValidException || reason == BasicReason.NOT_YET_VALID) {
            return "TLS: the server's certificate is not valid yet: check the clock of this machine";
        }
        if (e instanceof CertificateRevokedException || reason == BasicReason.REVOKED) {
            return "TLS: the server's certificate was revoked: tell whoever runs the server";
        }
        if (e instanceof CertPathBuilderException || reason == PKIXReason.NO_TRUST_ANCHOR) {
            return "TLS: the server's certificate is from an authority that this Java does not trust: if a proxy or"
                    + " firewall inspects the traffic, add its certificate to Java's trust store";
        }
        if (e instanceof CertificateException
                && String.valueOf(e.getMessage()).matches("No (subject alt|name match).*")) {
            return OTHER_NAME;
        }
        return e.getCause() == null && (e instanceof CertificateException || e instanceof CertPathValidatorException)
                ? "TLS: this Java does not accept the server's certificate"
                : null;
    }
}
