package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of some words that have no code, and are sent as they are. */
public final class WordType extends Type<String> {

    /** So many mistakes are named; the others come up when those are mended. */
    private static final int MOST_WRONG = 5;

    private final List<String> words;
    private final boolean shown;

    /** Words that are not shown cost no room in a definition; an error names them. */
    WordType(List<String> words, boolean shown) {
        this.words = words;
        this.shown = shown;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        return complaintOf(List.of(valid));
    }

    /** Names the nearest of each, or all that there are if one has none. */
    @Nullable
    String complaintOf(List<?> several) {
        List<String> wrong = new ArrayList<>();
        List<String> near = new ArrayList<>();
        for (Object given : several) {
            if (!words.contains(given) && wrong.size() < MOST_WRONG) {
                String nearest = Text.nearest(String.valueOf(given), words);
                wrong.add(Text.brief(given));
                if (nearest != null) {
                    near.add(nearest);
                }
            }
        }
        if (wrong.isEmpty()) {
            return null;
        }
        return near.size() == wrong.size()
                ? "known names, not " + Text.list(wrong, "and") + "; did you mean " + Text.list(near, "and") + "?"
                : "some of " + String.join(", ", words) + ", not " + Text.list(wrong, "and");
    }

    @Override
    public Map<String, Object> schema() {
        return shown ? fullSchema() : typed("string");
    }

    @Override
    Map<String, Object> fullSchema() {
        Map<String, Object> schema = typed("string");
        schema.put("enum", words);
        return schema;
    }

    @Override
    String read(Object valid) {
        return (String) valid;
    }

    @Override
    public Object repair(Object given) {
        return single(given) instanceof String text ? anyCase(text, words, given) : given;
    }

    static Object anyCase(String text, List<String> words, Object otherwise) {
        String word = Ascii.lower(text.strip()).replace(' ', '_').replace('-', '_');
        return words.contains(word) ? word : otherwise;
    }
}
