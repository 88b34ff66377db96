package io.github.desk365mcp.server.oauth;

import java.util.Locale;

/** Why a token was not accepted. */
public enum TokenFault {
    TOO_LONG("The token is too long."),
    MALFORMED("The token is not a signed JWT."),
    ALGORITHM("The algorithm of the token is not allowed."),
    TYPE("The type of the token is not that of an access token."),
    ISSUER("The token is from another issuer."),
    AUDIENCE("The token is for another resource."),
    NO_EXPIRY("The token has no expiry time."),
    EXPIRED("The token has expired."),
    NOT_YET_VALID("The token is not valid yet."),
    SUBJECT("The token has no usable subject."),
    UNKNOWN_KEY("The key of the token is unknown."),
    SIGNATURE("The signature of the token is wrong."),
    /** The token may be good: the authorization server's keys could not be read. */
    KEYS_UNAVAILABLE("The keys of the authorization server cannot be read.");

    private final String sentence;

    TokenFault(String sentence) {
        this.sentence = sentence;
    }

    /** {@return the code for the log, such as {@code unknown_key}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the reason for the client; it repeats nothing of the token} */
    public String sentence() {
        return sentence;
    }
}
