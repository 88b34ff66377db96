package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.Ascii;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the given words, which is sent unchanged. */
public final class WordType extends Type<String> {

    /** How many mistakes one message names. */
    private static final int MOST_WRONG = 5;

    private final List<String> words;
    private final List<String> offered;
    private final boolean shown;

    /**
     * Creates the type.
     *
     * @param words all that are accepted
     * @param offered those that definitions and errors list
     * @param shown whether definitions list the words; if not, they save space, and errors list the words
     */
    WordType(List<String> words, List<String> offered, boolean shown) {
        this.words = words;
        this.offered = offered;
        this.shown = shown;
    }

    @Override
    @Nullable
    public String complaint(Object valid) {
        return complaintOf(List.of(valid));
    }

    /** Suggests the nearest word for each mistake, or lists all words if one has none near. */
    @Nullable
    String complaintOf(List<?> several) {
        List<String> wrong = new ArrayList<>();
        List<String> near = new ArrayList<>();
        for (Object given : several) {
            if (!words.contains(given) && wrong.size() < MOST_WRONG) {
                String nearest = Text.nearest(String.valueOf(given), offered);
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
                : "some of " + String.join(", ", offered) + ", not " + Text.list(wrong, "and");
    }

    @Override
    public Map<String, Object> schema() {
        return shown ? fullSchema() : typed("string");
    }

    @Override
    Map<String, Object> fullSchema() {
        Map<String, Object> schema = typed("string");
        schema.put("enum", offered);
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
        // Lists are ordered by created_time, and their records have created_on.
        String ofField = word.replaceFirst("_time$", "_on");
        return words.contains(word) ? word : words.contains(ofField) ? ofField : otherwise;
    }
}
