package io.github.desk365mcp.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes two calls the same: tool, tenant, caller and arguments, whatever the order of their keys. The helpdesk's own
 * words count without case, since they are repaired only once they are known.
 */
final class Fingerprint {

    private Fingerprint() {}

    /** Without the token of an approval. */
    static String of(Call call) {
        Map<String, Object> arguments = new TreeMap<>(call.arguments());
        arguments.remove(ApprovalTokens.ARGUMENT);
        arguments.replaceAll((name, value) -> {
            Param<?> param = call.tool().param(name);
            return param == null || param.topic() == null ? value : folded(value);
        });
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

    /** As {@link Words#repair} compares; of a map, the names. */
    private static Object folded(Object value) {
        if (value instanceof String text) {
            StringBuilder folded = new StringBuilder();
            text.strip()
                    .chars()
                    .forEach(letter -> folded.append((char) Character.toLowerCase(Character.toUpperCase(letter))));
            return folded.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Fingerprint::folded).toList();
        }
        if (value instanceof Map<?, ?> fields) {
            Map<Object, Object> named = new LinkedHashMap<>();
            fields.forEach((name, field) -> named.put(folded(name), field));
            return named.size() == fields.size() ? named : value;
        }
        return value;
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
