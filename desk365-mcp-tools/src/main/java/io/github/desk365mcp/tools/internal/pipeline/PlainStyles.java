package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.text.Ascii;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Whether the styles of a text leave all of its words in sight and in order. A person sees a text without its styles, so
 * a style that hides a word would show readers something else.
 */
final class PlainStyles {

    /** Declarations that change neither what is seen nor its order; no number is large enough to move text away. */
    private static final Pattern PLAIN = Pattern.compile("font-family: ?[\\w ,'\"-]+"
            + "|font-(weight|style): ?\\w+"
            + "|text-align: ?\\w+|vertical-align: ?\\w+|text-decoration(-line)?: ?(none|underline)"
            + "|list-style(-type)?: ?[a-z-]+"
            + "|border[a-z-]*: ?[\\w #-]+"
            + "|(padding|margin)(-[a-z]+)?: ?(auto|\\d{1,2}(px|pt)?|[0-3](\\.\\d+)?r?em)( (auto|\\d{1,2}(px|pt)?|[0-3](\\.\\d+)?r?em)){0,3}"
            + "|(max-)?width: ?(auto|\\d+(\\.\\d+)?(%|px|em|pt))"
            + "|line-height: ?(normal|[12](\\.\\d+)?|1\\d\\d%|[12]\\d(px|pt))"
            + "|font-size: ?([89]|[1-4]\\d)(\\.\\d+)?(px|pt)|font-size: ?(0?\\.[7-9]\\d*|[1-3](\\.\\d+)?)r?em"
            + "|font-size: ?([7-9]\\d|[12]\\d\\d)%|font-size: ?(small|medium|large|x-large|smaller|larger)");

    private static final Pattern COLOR = Pattern.compile("color: ?(.+)");
    private static final Pattern BACKGROUND = Pattern.compile("background(?:-color)?: ?(.+)");
    private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3}|[0-9a-f]{6})");
    private static final Pattern RGB = Pattern.compile("rgb\\((\\d{1,3}), ?(\\d{1,3}), ?(\\d{1,3})\\)");
    private static final Set<String> DARK = Set.of(
            "black",
            "red",
            "blue",
            "green",
            "navy",
            "gray",
            "grey",
            "maroon",
            "purple",
            "teal",
            "darkred",
            "darkblue",
            "darkgreen",
            "inherit");
    private static final Set<String> LIGHT = Set.of("white", "transparent", "inherit", "none");

    /** Text is at most this bright, and what is behind it at least that bright, of 255. */
    private static final int BRIGHTEST_TEXT = 150;

    private static final int DARKEST_BACKGROUND = 215;

    private PlainStyles() {}

    static boolean are(String html) {
        return Jsoup.parseBodyFragment(html).body().stream().allMatch(PlainStyles::isPlain);
    }

    private static boolean isPlain(Element element) {
        String color = element.attr("color").strip();
        String background = element.attr("bgcolor").strip();
        return (color.isEmpty() || isDark(color))
                && (background.isEmpty() || isLight(background))
                && List.of(element.attr("style").split(";")).stream().allMatch(PlainStyles::isPlain);
    }

    private static boolean isPlain(String declaration) {
        String one = Ascii.lower(declaration)
                .replaceAll("\\s+", " ")
                .replaceAll(" ?: ?", ": ")
                .strip();
        Matcher color = COLOR.matcher(one);
        Matcher background = BACKGROUND.matcher(one);
        return one.isEmpty()
                || PLAIN.matcher(one).matches()
                || color.matches() && isDark(color.group(1))
                || background.matches() && isLight(background.group(1));
    }

    private static boolean isDark(String color) {
        int brightness = brightness(color);
        return DARK.contains(Ascii.lower(color)) || brightness >= 0 && brightness <= BRIGHTEST_TEXT;
    }

    private static boolean isLight(String color) {
        return LIGHT.contains(Ascii.lower(color)) || brightness(color) >= DARKEST_BACKGROUND;
    }

    /** Returns 0 to 255; -1 if the color is written in another way. */
    private static int brightness(String color) {
        String lower = Ascii.lower(color);
        Matcher hex = HEX.matcher(lower);
        Matcher rgb = RGB.matcher(lower);
        if (hex.matches()) {
            String digits =
                    hex.group(1).length() == 6 ? hex.group(1) : hex.group(1).replaceAll("(.)", "$1$1");
            int all = Integer.parseInt(digits, 16);
            return brightness(all >> 16, all >> 8 & 255, all & 255);
        }
        return rgb.matches()
                ? brightness(
                        Integer.parseInt(rgb.group(1)), Integer.parseInt(rgb.group(2)), Integer.parseInt(rgb.group(3)))
                : -1;
    }

    private static int brightness(int red, int green, int blue) {
        return (3 * red + 6 * green + blue) / 10;
    }
}
