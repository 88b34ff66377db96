package io.github.desk365mcp.tools.internal.text;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The formatting elements that a mail leaves open. The parser opens up to twelve of them again in each block, which could
 * turn 1 MB into millions of elements. At the limit, they end with their block instead.
 */
final class OpenFormats {

    private static final Set<String> NAMES =
            Set.of("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");

    /** Elements in which no other element is opened again. */
    private static final Set<String> EMPTY = Set.of("br", "hr", "img", "input", "wbr");

    /** The most elements that the parser opens again at once. */
    private static final int MOST_AT_ONCE = 12;

    /** A sloppy mail with a thousand paragraphs has a few thousand. */
    private static final int MOST_REOPENED = 100_000;

    private static final int MOST_OPEN = 500;

    /** After how many tags the first end tags are repeated, since they have no effect in a table cell. */
    private static final int REPEATED = 20_000;

    private final Map<String, Integer> open = new TreeMap<>();
    private int count;
    private int reopened;
    private String first = "";
    private int since;

    /** Returns the end tags to write before a tag; nearly always none. */
    String before(String name, boolean isEnd) {
        if (NAMES.contains(name)) {
            count(name, isEnd);
            return "";
        }
        if (count > 0 && !EMPTY.contains(name)) {
            reopened += Math.min(count, MOST_AT_ONCE);
        }
        if (isComplete()) {
            return "";
        }
        String ends = ends();
        if (first.isEmpty()) {
            first = ends;
        }
        return ++since % REPEATED == 0 ? ends + first : ends;
    }

    /** Whether all elements end where the parser ends them. */
    boolean isComplete() {
        return reopened <= MOST_REOPENED && first.isEmpty() && count <= MOST_OPEN;
    }

    private void count(String name, boolean isEnd) {
        int before = open.getOrDefault(name, 0);
        int after = isEnd ? Math.max(0, before - 1) : before + 1;
        open.put(name, after);
        count += after - before;
    }

    private String ends() {
        if (count == 0) {
            return "";
        }
        StringBuilder ends = new StringBuilder();
        open.forEach((name, times) -> ends.append(("</" + name + ">").repeat(times)));
        open.clear();
        count = 0;
        return ends.toString();
    }
}
