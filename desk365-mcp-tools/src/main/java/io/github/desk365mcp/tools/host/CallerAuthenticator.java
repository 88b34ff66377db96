package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a caller by the credential that it presents, in addition to the host's own access control.
 *
 * <p>It is asked for every listing and every call, so it must be fast and thread-safe. An exception refuses the caller.
 */
@FunctionalInterface
public interface CallerAuthenticator {

    /**
     * Identifies the caller.
     *
     * @param context has the credential
     * @return the caller's name, for audit records; null to refuse
     */
    @Nullable
    String authenticate(CallContext context);

    /**
     * Returns an authenticator of callers with fixed tokens, of which it keeps only hashes. The comparison takes the
     * same time for every credential.
     *
     * @param callersByHash the name of each caller, by the {@link #hash} of its token
     * @return the authenticator
     * @throws IllegalArgumentException if a hash is malformed, is the hash of a blank token, or occurs twice
     */
    static CallerAuthenticator tokens(Map<String, String> callersByHash) {
        Map<String, String> callers = new HashMap<>();
        callersByHash.forEach((given, caller) -> {
            if (!given.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(
                        "The token of " + caller + " must be given as its SHA-256 hash, 64 hexadecimal digits");
            }
            String hash = Ascii.lower(given);
            // What a shell script hashes if its variable is empty.
            if (Stream.of("", " ", "\n", "\r\n", "\t")
                    .anyMatch(blank -> hash.equals(HexFormat.of().formatHex(sha256(blank))))) {
                throw new IllegalArgumentException(
                        "The token of " + caller + " is empty: this is the hash of a blank text");
            }
            String other = callers.put(hash, caller);
            if (other != null) {
                throw new IllegalArgumentException("The token of " + caller + " is also that of " + other);
            }
        });
        return context -> {
            String credential = context.credential();
            byte[] shown = sha256(credential == null ? "" : credential);
            String found = null;
            for (Map.Entry<String, String> caller : callers.entrySet()) {
                // No early exit, so that the time taken reveals nothing.
                if (MessageDigest.isEqual(HexFormat.of().parseHex(caller.getKey()), shown)) {
                    found = caller.getValue();
                }
            }
            return credential == null || credential.isBlank() ? null : found;
        };
    }

    /**
     * Hashes a token for {@link #tokens}. Tokens must be long and random.
     *
     * @param token the secret
     * @return its SHA-256 as 64 hexadecimal digits
     * @throws IllegalArgumentException if the token is blank
     */
    static String hash(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("The token must not be blank");
        }
        return HexFormat.of().formatHex(sha256(token));
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
