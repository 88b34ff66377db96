package io.github.desk365mcp.tools.internal.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A list; a single item, and a list in a text, are accepted too. */
public final class ListType<T> extends Type<List<T>> {

    private static final int MOST_PARTS = 1_000;

    /** Does not match the end of a character reference such as {@code &amp;}. */
    private static final Pattern SEPARATOR = Pattern.compile(",|;(?<!&#?[a-zA-Z0-9]{2,24};)");

    private final Type<T> items;
    private final boolean commas;
    private final int most;

    ListType(Type<T> items, boolean commas) {
        this(items, commas, Integer.MAX_VALUE);
    }

    ListType(Type<T> items, boolean commas, int most) {
        this.items = items;
        this.commas = commas;
        this.most = most;
    }

    @Override
    public Map<String, Object> schema() {
        return of(items.schema());
    }

    @Override
    Map<String, Object> fullSchema() {
        return of(items.fullSchema());
    }

    private static Map<String, Object> of(Map<String, Object> items) {
        Map<String, Object> schema = typed("array");
        schema.put("items", items);
        return schema;
    }

    @Override
    List<T> read(Object valid) {
        return ((List<?>) valid).stream().map(items::read).toList();
    }

    @Override
    public Object repair(Object given) {
        Object opened = parsed(given, '[');
        if (opened instanceof String text && (beginsWith(text, '[') || commas && isManyParts(text))) {
            return given;
        }
        List<Object> repaired = new ArrayList<>();
        for (Object item : opened instanceof List<?> list ? list : parts(given)) {
            if (item != null && !(item instanceof String text && text.isBlank())) {
                repaired.add(items.repair(item));
            }
        }
        return repaired.equals(given) ? given : repaired;
    }

    /** Whether a text has more parts than anyone writes. */
    public static boolean isManyParts(String text) {
        return text.chars()
                        .filter(letter -> letter == ',' || letter == ';')
                        .limit(MOST_PARTS)
                        .count()
                == MOST_PARTS;
    }

    /** Splits a text at its commas if items cannot contain commas. */
    private List<?> parts(Object given) {
        return commas && given instanceof String text
                ? SEPARATOR.splitAsStream(text).map(String::strip).toList()
                : List.of(given);
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        int size = ((List<?>) valid).size();
        if (size > most) {
            return "a list of at most " + most + " items, not " + size;
        }
        if (items instanceof WordType words) {
            return words.complaintOf((List<?>) valid);
        }
        for (Object item : (List<?>) valid) {
            String complaint = items.complaint(item);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }
}
