package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Makes the marks before list items: blanks for the depth, and a dash or the number that a browser shows. */
final class ListMarks {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,6}");
    private static final Set<String> LISTS = Set.of("ol", "ul", "menu", "dir");
    private static final Set<String> DASHES =
            Set.of("disc", "circle", "square", "none", "disclosure-open", "disclosure-closed");
    private static final String[] ROMAN = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
    private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final int LARGEST_ROMAN = 3_999;
    private static final int LETTERS = 26;
    private static final String GREEK = "αβγδεζηθικλμνξοπρστυφχψω";

    private static final int DEEPEST_INDENT = 8;

    private static final class Level {

        private final Element list;
        private final String type;
        private final int step;
        private int number;

        Level(Element list, String type, int step, int number) {
            this.list = list;
            this.type = type;
            this.step = step;
            this.number = number;
        }
    }

    private final MailStyles styles;
    private final Deque<Level> levels = new ArrayDeque<>();

    ListMarks(MailStyles styles) {
        this.styles = styles;
    }

    boolean isOutermost() {
        return levels.isEmpty();
    }

    void begin(Element list) {
        boolean reversed = list.hasAttr("reversed");
        int first = 1;
        if (reversed && !NUMBER.matcher(list.attr("start").strip()).matches()) {
            first = 0;
            for (Element child : list.children()) {
                first += child.normalName().equals("li") ? 1 : 0;
            }
        }
        levels.push(new Level(list, type(list, null), reversed ? -1 : 1, number(list.attr("start"), first)));
    }

    void end() {
        levels.pop();
    }

    /** Returns the mark of the next item, which is counted even if its mark is not written. */
    String next(Element item) {
        String indent = "  ".repeat(Math.max(0, Math.min(levels.size(), DEEPEST_INDENT) - 1));
        Level level = levels.peek();
        Element list = item.parent();
        if (level == null || list == null || level.list != list) {
            return indent + "- ";
        }
        int number = number(item.attr("value"), level.number);
        level.number = number + level.step;
        String type = type(item, level.type);
        return indent + (DASHES.contains(type) ? "- " : numeral(number, type) + ". ");
    }

    private String type(Element element, @Nullable String outer) {
        String style = styles.of(element).own("list-style-type");
        if (style != null && !CssProperties.isGlobal(style)) {
            return style;
        }
        String type = element.attr("type").strip();
        return switch (type) {
            case "a" -> "lower-alpha";
            case "A" -> "upper-alpha";
            case "i" -> "lower-roman";
            case "I" -> "upper-roman";
            case "1" -> "decimal";
            default -> {
                String word = Ascii.lower(type);
                if (DASHES.contains(word)) {
                    yield word;
                }
                yield outer != null ? outer : element.normalName().equals("ol") ? "decimal" : "disc";
            }
        };
    }

    static boolean isList(Element element) {
        return LISTS.contains(element.normalName());
    }

    private static int number(String given, int otherwise) {
        String number = given.strip();
        return !number.isEmpty() && NUMBER.matcher(number).matches() ? Integer.parseInt(number) : otherwise;
    }

    private static String numeral(int number, String type) {
        return switch (type) {
            case "lower-alpha", "lower-latin" -> letters(number, 'a');
            case "upper-alpha", "upper-latin" -> letters(number, 'A');
            case "lower-roman" -> roman(number);
            case "upper-roman" -> Ascii.upper(roman(number));
            case "lower-greek" ->
                number > 0 && number <= GREEK.length() ? GREEK.substring(number - 1, number) : String.valueOf(number);
            case "decimal-leading-zero" -> number >= 0 && number < 10 ? "0" + number : String.valueOf(number);
            default -> String.valueOf(number);
        };
    }

    private static String letters(int number, char first) {
        if (number < 1) {
            return String.valueOf(number);
        }
        StringBuilder letters = new StringBuilder();
        for (int left = number; left > 0; left = (left - 1) / LETTERS) {
            letters.insert(0, (char) (first + (left - 1) % LETTERS));
        }
        return letters.toString();
    }

    private static String roman(int number) {
        if (number < 1 || number > LARGEST_ROMAN) {
            return String.valueOf(number);
        }
        StringBuilder roman = new StringBuilder();
        int left = number;
        for (int i = 0; i < ROMAN.length; i++) {
            while (left >= ROMAN_VALUES[i]) {
                roman.append(ROMAN[i]);
                left -= ROMAN_VALUES[i];
            }
        }
        return roman.toString();
    }
}
