package io.github.desk365mcp.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Converts error responses and failures to exceptions whose messages contain no secrets. */
final class Errors {

    private static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_CHARACTERS = 500;
    private static final int CONFLICT = 409;

    /** A key of at least this length never occurs in text by chance, so it is masked even inside a word. */
    private static final int SURE_KEY = 16;

    /** Longer waits are not plausible and would overflow in calculations. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private static final String OTHER_NAME = "TLS: the server's certificate is for another host name: check the"
            + " subdomain or base URL, and any proxy in between";

    private static final String PROXY_PASSWORD = "the proxy requires another user and password (407)";

    /** OkHttp's message. */
    private static final Pattern REFUSED_BY_PROXY = Pattern.compile("Unexpected response code for CONNECT: (\\d+)");

    private Errors() {}

    /**
     * Creates the exception for an error response. Its message does not include the service's message: exception
     * messages are logged, and the service may quote a customer.
     *
     * <p>The parameter {@code now} is for a {@code Retry-After} date in a response without a {@code Date} header.
     */
    static ApiException of(String operation, Response response, String apiKey, boolean arrivedBefore, Instant now) {
        int status = response.code();
        String says = serverMessage(response, apiKey);
        String message = operation + ": " + status + hint(status)
                + (says == null ? "" : "; the service's message is in serverMessage()")
                + (arrivedBefore ? "; an earlier attempt may have been carried out" : "");
        boolean isOpen = arrivedBefore || status == CONFLICT && Operation.isNamelessCreate(operation);
        ErrorAnswer answer = new ErrorAnswer(message, status, says, retryAfter(response, now), isOpen);
        return ApiException.of(answer);
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> " (check the API key: Settings > Integrations > API)";
            case 403 -> " (check that the key belongs to this subdomain; contracts need access granted by the vendor)";
            case 405 -> " (a required query parameter may be missing; the service seems to use this status for that)";
            case 407 -> " (" + PROXY_PASSWORD + ")";
            default -> "";
        };
    }

    /** Returns the message in the body. HTML pages are omitted, because their markup is not useful. */
    private static @Nullable String serverMessage(Response response, String apiKey) {
        byte[] bytes;
        try (InputStream in = response.body().byteStream()) {
            bytes = in.readNBytes(MOST_BYTES);
        } catch (IOException | RuntimeException e) {
            // The status says more than a failure to read the body.
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (bytes.length == MOST_BYTES) {
            // The text may end within the API key.
            text = text.substring(0, Math.max(0, text.length() - apiKey.length()));
        }
        text = Json.withoutByteOrderMark(text.strip()).strip();
        if (text.startsWith("{") || text.startsWith("[")) {
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

    /**
     * Masks the API key. A short key is masked only where it is a whole word; otherwise parts of other words would be
     * masked.
     */
    private static String masked(String text, String apiKey) {
        String key = Pattern.quote(apiKey);
        if (apiKey.length() < SURE_KEY) {
            // The letters at the end of escapes such as %20 and \n are not part of a word.
            key = "(?:(?<![\\p{L}\\p{N}])|(?<=%\\p{XDigit}{2}|\\\\u\\p{XDigit}{4}|\\\\[bfnrt]))" + key
                    + "(?![\\p{L}\\p{N}])";
        }
        return text.replaceAll(key, "(API key)");
    }

    private static String sentence(String json) {
        try {
            return Reasons.in(Json.read(json));
        } catch (IOException e) {
            return "";
        }
    }

    /** Reads seconds or a date, which is compared with the response's {@code Date} header if there is one. */
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

    /**
     * Returns an equivalent exception whose message quotes nothing. If the server does not speak HTTP, OkHttp quotes
     * its response, which may be a customer's text.
     */
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

    /** Describes why there was no response, without the address that the exception's message may contain. */
    static String reason(Exception e) {
        if (e instanceof Bodies.BadFile) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof Lookup.Abandoned
                || e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            return Thread.currentThread().isInterrupted() ? "interrupted" : "timed out";
        }
        if (e instanceof UnknownHostException) {
            return "unknown host name: check the subdomain";
        }
        if (e instanceof ConnectException) {
            return "connection refused";
        }
        if (e instanceof SocketTimeoutException) {
            return "timed out";
        }
        if (e instanceof InterruptedException) {
            return "interrupted";
        }
        if (!(e instanceof IOException)) {
            return "the HTTP client or code added to it failed: " + e.getClass().getSimpleName();
        }
        String proxy = proxyFault(String.valueOf(e.getMessage()));
        if (proxy != null) {
            return proxy;
        }
        String distrust = distrust(e);
        return distrust != null ? distrust : e instanceof SSLException ? "TLS failed" : "the connection broke";
    }

    /** Describes how a proxy refused to connect to the service; null if it did not. */
    private static @Nullable String proxyFault(String says) {
        if (says.startsWith("Failed to authenticate with proxy")) {
            return PROXY_PASSWORD;
        }
        Matcher refused = REFUSED_BY_PROXY.matcher(says);
        return refused.matches() ? "the proxy refused to connect to the service (" + refused.group(1) + ")" : null;
    }

    /** Describes why no TLS connection is possible and what to do about it; null if a retry may succeed. */
    static @Nullable String distrust(Exception e) {
        String says = String.valueOf(e.getMessage());
        if (e instanceof SSLPeerUnverifiedException) {
            return says.startsWith("Certificate pinning")
                    ? "TLS: the server's certificate does not match any certificate that this program pins"
                    : OTHER_NAME;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String fault = certificateFault(cause);
            if (fault != null) {
                return fault;
            }
        }
        if (says.contains("certificate_required") || says.contains("bad_certificate")) {
            return "TLS: the server requires a client certificate";
        }
        if (e instanceof UnknownServiceException && says.contains("acceptable protocols")
                || says.contains("handshake_failure")
                || says.contains("protocol_version")
                || says.contains("insufficient_security")
                || says.contains("No appropriate protocol")) {
            return "TLS: the server and this program have no version or cipher suite in common: update the older one";
        }
        return e instanceof SSLException && says.contains("nrecognized SSL message")
                ? "TLS: the server does not speak TLS: check the address, and any proxy in between"
                : null;
    }

    private static @Nullable String certificateFault(Throwable e) {
        Object reason = e instanceof CertPathValidatorException invalid ? invalid.getReason() : "";
        if (e instanceof CertificateExpiredException || reason == BasicReason.EXPIRED) {
            return "TLS: the server's certificate has expired: check the clock of this machine, and if it is right,"
                    + " tell the server's administrator";
        }
        if (e instanceof CertificateNotYetValidException || reason == BasicReason.NOT_YET_VALID) {
            return "TLS: the server's certificate is not valid yet: check the clock of this machine";
        }
        if (e instanceof CertificateRevokedException || reason == BasicReason.REVOKED) {
            return "TLS: the server's certificate was revoked: tell the server's administrator";
        }
        if (e instanceof CertPathBuilderException || reason == PKIXReason.NO_TRUST_ANCHOR) {
            return "TLS: the server's certificate is from an authority that this Java does not trust: if a proxy or"
                    + " firewall inspects the traffic, start Java with a trust store that has its certificate:"
                    + " -Djavax.net.ssl.trustStore=FILE, or on Windows -Djavax.net.ssl.trustStoreType=Windows-ROOT";
        }
        if (e instanceof CertificateException
                && String.valueOf(e.getMessage()).matches("No (subject alt|name match).*")) {
            return OTHER_NAME;
        }
        return e.getCause() == null && (e instanceof CertificateException || e instanceof CertPathValidatorException)
                ? "TLS: Java does not accept the server's certificate"
                : null;
    }
}
