package io.github.desk365mcp.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What makes two calls the same: tool, tenant, caller and arguments, whatever the order of their keys. */
final class Fingerprint {

    private Fingerprint() {}

    /** Without the token of an approval. */
    static String of(Call call) {
        Map<String, Object> arguments = new TreeMap<>(call.arguments());
        arguments.remove(ApprovalTokens.ARGUMENT);
        Map<String, @Nullable Object> all = new TreeMap<>();
        all.put("arguments", sorted(arguments));
        all.put("caller", call.context().caller());
        all.put("tenant", call.context().tenant());
        all.put("tool", call.tool().name());
        return sha256(Text.json(all));
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, field) -> sorted.put(String.valueOf(name), sorted(field)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> sorted = new ArrayList<>();
            list.forEach(item -> sorted.add(sorted(item)));
            return sorted;
        }
        return value;
    }
}
