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
 * Tells who a caller is by what it shows: a second factor beside the access to the host.
 *
 * <p>Asked for every listing and every call, so it must be fast and thread-safe. An exception refuses the caller.
 */
@FunctionalInterface
public interface CallerAuthenticator {

    /** The caller's name, for audits; null to refuse. */
    @Nullable
    String authenticate(CallContext context);

    /**
     * Callers with fixed tokens, of which only hashes are kept. Comparison takes the same time whatever is shown.
     *
     * @param callersByHash for each token its {@link #hash} and the name of the caller
     * @throws IllegalArgumentException if a hash is not one, is that of a blank token, or is there twice
     */
    static CallerAuthenticator tokens(Map<String, String> callersByHash) {
        Map<String, String> callers = new HashMap<>();
        callersByHash.forEach((given, caller) -> {
            if (!given.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(
                        "The token of " + caller + " must be given as its SHA-256 hash, 64 hexadecimal digits");
            }
            String hash = Ascii.lower(given);
            // What a shell hashes where a variable is empty.
            if (Stream.of("", " ", "\n", "\r\n", "\t")
                    .anyMatch(blank -> hash.equals(HexFormat.of().formatHex(sha256(blank))))) {
                throw new IllegalArgumentException(
                        "The token of " + caller + " is empty: this is the hash of no token");
            }
            String other = callers.put(hash, caller);
            if (other != null) {
                throw new IllegalArgumentException("The token of " + caller + " is that of " + other + " too");
            }
        });
        return context -> {
            String credential = context.credential();
            byte[] shown = sha256(credential == null ? "" : credential);
            String found = null;
            for (Map.Entry<String, String> caller : callers.entrySet()) {
                // No early end: how long this takes tells nothing.
                if (MessageDigest.isEqual(HexFormat.of().parseHex(caller.getKey()), shown)) {
                    found = caller.getValue();
                }
            }
            return credential == null || credential.isBlank() ? null : found;
        };
    }

    /**
     * The SHA-256 hash of a token as {@link #tokens} takes it. Tokens must be long and random.
     *
     * @throws IllegalArgumentException if the token is blank
     */
    static String hash(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("A blank token is no token");
        }
        return HexFormat.of().formatHex(sha256(token));
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
