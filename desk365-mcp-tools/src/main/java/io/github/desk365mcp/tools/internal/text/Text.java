package io.github.desk365mcp.tools.internal.text;

import io.github.desk365mcp.api.JsonDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Utilities for text. */
public final class Text {

    private static final int BRIEF = 80;

    /** Longer than any name; the comparison takes quadratic time. */
    private static final int LONGEST_WORD = 100;

    private Text() {}

    public static String json(Map<String, ?> object) {
        return JsonDocument.toJson(object);
    }

    /** Returns a JSON value as text, shortened; only the part that is shown is serialized. */
    public static String brief(@Nullable Object value) {
        java.util.Map<String, @Nullable Object> holder = new java.util.HashMap<>();
        holder.put("v", new Beginning().of(value));
        String json = json(holder);
        String text = json.substring(5, json.length() - 1);
        return cut(text, BRIEF);
    }

    /** Formats a size, such as {@code 128 KiB}. */
    public static String bytes(long bytes) {
        return bytes % (1024 * 1024) == 0 && bytes > 0
                ? bytes / (1024 * 1024) + " MiB"
                : bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " bytes";
    }

    /** Copies the beginning of a value: just over {@link #BRIEF} characters of JSON. */
    private static final class Beginning {

        private int left = BRIEF + 1;

        private @Nullable Object of(@Nullable Object value) {
            left--;
            if (value instanceof String text) {
                return text(text);
            }
            if (value instanceof List<?> items) {
                List<@Nullable Object> first = new ArrayList<>();
                for (Object item : items) {
                    if (left > 0) {
                        first.add(of(item));
                    }
                }
                return first;
            }
            if (value instanceof Map<?, ?> fields) {
                Map<String, @Nullable Object> first = new LinkedHashMap<>();
                fields.forEach((name, field) -> {
                    if (left > 0) {
                        first.put(text(String.valueOf(name)), of(field));
                    }
                });
                return first;
            }
            return value;
        }

        private String text(String text) {
            String begins = text.substring(0, Math.min(text.length(), Math.max(0, left)));
            left -= begins.length();
            return begins;
        }
    }

    /** Shortens a text with an ellipsis; surrogate pairs are not split. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** Shortens a text with an ellipsis, if possible after a whole word. */
    public static String cutAtWord(String text, int most) {
        String cut = cut(text, most);
        int space = cut.lastIndexOf(' ');
        return cut.equals(text) || space < most / 2
                ? cut
                : cut.substring(0, space).replaceFirst("[,;]$", "") + "…";
    }

    /** Joins words as {@code a, b and c}. */
    public static String list(Collection<String> words, String last) {
        List<String> all = new ArrayList<>(words);
        if (all.size() < 2) {
            return String.join("", all);
        }
        String end = all.remove(all.size() - 1);
        return String.join(", ", all) + " " + last + " " + end;
    }

    /** Returns the known word that was probably meant; null if none is near. */
    public static @Nullable String nearest(String given, Collection<String> known) {
        String nearest = null;
        if (given.length() > LONGEST_WORD) {
            return nearest;
        }
        int best = given.length() < 4 ? 2 : Math.max(2, given.length() / 3) + 1;
        for (String word : known) {
            if (word.length() > LONGEST_WORD) {
                continue;
            }
            int distance = distance(given, word);
            boolean part = word.length() > 3 && given.contains(word) || given.length() >= 3 && word.contains(given);
            boolean start = sharedStart(given, word) >= 5;
            int weight = part ? Math.min(distance, 1) : start ? Math.min(distance, 3) : distance;
            if (weight < best) {
                best = weight;
                nearest = word;
            }
        }
        return nearest;
    }

    /**
     * Returns the known word that is the given one with few wrong letters: at most a third of them; null if there is
     * none, or if two are equally near.
     */
    public static @Nullable String misspelled(String given, Collection<String> known) {
        String nearest = null;
        int best = given.length() / 3 + 1;
        for (String word : given.length() > LONGEST_WORD ? List.<String>of() : known) {
            int distance = word.length() > LONGEST_WORD ? Integer.MAX_VALUE : distance(given, word);
            if (distance < best) {
                best = distance;
                nearest = word;
            } else if (distance == best) {
                nearest = null;
            }
        }
        return nearest;
    }

    private static int sharedStart(String a, String b) {
        int shared = 0;
        while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        return shared;
    }

    /** The edit distance: the number of characters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
