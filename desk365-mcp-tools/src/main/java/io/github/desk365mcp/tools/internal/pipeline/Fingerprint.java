package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.account.AccountVocabulary;
import io.github.desk365mcp.tools.internal.catalogue.Defaults;
import io.github.desk365mcp.tools.internal.core.AddressesType;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Sha256;
import io.github.desk365mcp.tools.internal.text.Text;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A hash of a call: of tool, tenant, caller and repaired arguments. The order of keys does not matter, and numbers are
 * compared by value.
 */
public final class Fingerprint {

    /** Replaces an argument that makes no difference. */
    private static final Object LEFT_OUT = new Object();

    private Fingerprint() {}

    /**
     * Returns the fingerprint that equal creates share. These make no difference: the ASCII case of addresses and of
     * values from the helpdesk's vocabulary, which are repaired only once they are known; blanks around a text; the
     * order of a list of texts; an argument with its default value; and what is to follow a message.
     */
    public static String of(Call call) {
        return of(
                call,
                AdmissionStage.tenant(call.account(), call.context()),
                // What makes no difference to a host's own tool is not known here.
                call.tool().own() == null
                        ? (name, value) -> created(call.tool(), name, value)
                        : (name, value) -> value);
    }

    /** Returns the fingerprint for approvals, of exactly the arguments that are sent. */
    static String exact(Call call) {
        return of(call, call.context().tenant(), (name, value) -> value);
    }

    /** Returns the fingerprint for audits, of the arguments alone and as given. */
    static String of(Map<String, Object> arguments) {
        return sha256(Text.json(Map.of("arguments", Objects.requireNonNull(canonical(arguments)))));
    }

    /** Whether two arguments are exactly the same, as {@link #exact} compares them. */
    static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(canonical(one), canonical(other));
    }

    /** The approval token is not part of the fingerprint. */
    private static String of(Call call, @Nullable String tenant, BiFunction<String, Object, Object> reading) {
        Map<String, Object> arguments = new TreeMap<>(call.arguments());
        arguments.remove(ApprovalTokens.ARGUMENT);
        arguments.replaceAll(reading);
        arguments.values().removeIf(LEFT_OUT::equals);
        Map<String, @Nullable Object> all = new TreeMap<>();
        all.put("arguments", canonical(arguments));
        // Two helpdesks may share one state.
        all.put("helpdesk", call.account().desk().baseUrl().toString());
        all.put("caller", call.context().caller());
        all.put("tenant", tenant);
        all.put("tool", call.tool().name());
        return sha256(Text.json(all));
    }

    /** Hashes UTF-16 code units, since UTF-8 would replace unpaired surrogates by question marks. */
    static String sha256(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        bytes.asCharBuffer().put(text);
        return Sha256.hex(bytes.array());
    }

    /** Returns an argument of a create in the form that equal creates share. */
    private static Object created(Tool tool, String name, Object value) {
        if (name.equals(Tool.THEN) && tool.hasFollowUp()) {
            // The same message is not sent twice, whatever is to follow it.
            return LEFT_OUT;
        }
        Param<?> param = tool.param(name);
        boolean isAddresses = param != null && param.type() instanceof AddressesType;
        if (Defaults.isDefault(tool, name, value)
                || value instanceof Map<?, ?> map && map.isEmpty()
                || isAddresses && value instanceof List<?> list && list.isEmpty()) {
            return LEFT_OUT;
        }
        return unordered(param == null || param.topic() == null && !isAddresses ? value : folded(value));
    }

    /** Removes the blanks around texts, the order of lists of texts, and defaults of imported messages. */
    private static Object unordered(Object value) {
        if (value instanceof String text) {
            return text.strip();
        }
        if (value instanceof Map<?, ?> fields) {
            Map<Object, @Nullable Object> others = new LinkedHashMap<>();
            fields.forEach((name, field) -> {
                if (!Defaults.isDefaultOfImport(fields, String.valueOf(name))) {
                    others.put(name, field == null ? null : unordered(field));
                }
            });
            return others;
        }
        if (value instanceof List<?> list) {
            if (list.stream().allMatch(String.class::isInstance)) {
                return list.stream()
                        .map(text -> ((String) text).strip())
                        .distinct()
                        .sorted()
                        .toList();
            }
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(item == null ? null : unordered(item)));
            return items;
        }
        return value;
    }

    /** Folds case as {@link AccountVocabulary#repair} does; in a map, only the names. */
    private static Object folded(Object value) {
        if (value instanceof String text) {
            return Ascii.lower(text.strip());
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

    private static @Nullable Object canonical(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, field) -> sorted.put(String.valueOf(name), canonical(field)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(canonical(item)));
            return items;
        }
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }
}
