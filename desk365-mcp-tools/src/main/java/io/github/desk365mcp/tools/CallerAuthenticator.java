package io.github.desk365mcp.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
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
     * @throws IllegalArgumentException if a hash is not one
     */
    static CallerAuthenticator tokens(Map<String, String> callersByHash) {
        Map<byte[], String> callers = new HashMap<>();
        callersByHash.forEach((hash, caller) -> {
            if (!hash.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(
                        "The token of " + caller + " must be given as its SHA-256 hash, 64 hexadecimal digits");
            }
            callers.put(HexFormat.of().parseHex(hash), caller);
        });
        return context -> {
            String credential = context.credential();
            byte[] shown = sha256(credential == null ? "" : credential);
            String found = null;
            for (Map.Entry<byte[], String> caller : callers.entrySet()) {
                // No early end: how long this takes tells nothing.
                if (MessageDigest.isEqual(caller.getKey(), shown)) {
                    found = caller.getValue();
                }
            }
            return credential == null ? null : found;
        };
    }

    /** The SHA-256 hash of a token as {@link #tokens} takes it. Tokens must be long and random. */
    static String hash(String token) {
        return HexFormat.of().formatHex(sha256(token));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
