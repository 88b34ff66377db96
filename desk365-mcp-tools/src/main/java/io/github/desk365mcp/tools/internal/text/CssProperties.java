package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The properties that affect whether and how a text is visible, the shorthands that set them, and their values. */
final class CssProperties {

    private static final Set<String> GLOBAL = Set.of("inherit", "initial", "unset", "revert", "revert-layer");
    private static final Set<String> DISPLAY = Set.of(
            "none",
            "block",
            "inline",
            "inline-block",
            "flex",
            "inline-flex",
            "grid",
            "inline-grid",
            "flow-root",
            "list-item",
            "contents",
            "run-in",
            "ruby",
            "table",
            "inline-table",
            "table-row",
            "table-cell",
            "table-column",
            "table-column-group",
            "table-header-group",
            "table-row-group",
            "table-footer-group",
            "table-caption");
    private static final Set<String> FONT_SIZES = Set.of(
            "xx-small",
            "x-small",
            "small",
            "medium",
            "large",
            "x-large",
            "xx-large",
            "xxx-large",
            "smaller",
            "larger",
            "math");
    private static final Set<String> BACKGROUND = Set.of(
            "none",
            "repeat",
            "no-repeat",
            "repeat-x",
            "repeat-y",
            "space",
            "scroll",
            "fixed",
            "local",
            "center",
            "left",
            "right",
            "top",
            "bottom",
            "cover",
            "contain",
            "auto",
            "border-box",
            "padding-box",
            "content-box",
            "text");
    private static final Set<String> LENGTH_WORDS =
            Set.of("auto", "none", "max-content", "min-content", "fit-content", "stretch", "-webkit-fill-available");
    private static final Set<String> SYSTEM_FONTS =
            Set.of("caption", "icon", "menu", "message-box", "small-caption", "status-bar");
    private static final Set<String> LINES = Set.of("line-through", "underline", "overline", "none", "blink");

    private static final Map<String, Set<String>> WORDS = Map.of(
            "visibility", Set.of("visible", "hidden", "collapse"),
            "overflow", Set.of("visible", "hidden", "clip", "scroll", "auto", "overlay", "-moz-hidden-unscrollable"),
            "position", Set.of("static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"),
            "content-visibility", Set.of("visible", "hidden", "auto"),
            "white-space", Set.of("normal", "nowrap", "pre", "pre-wrap", "pre-line", "break-spaces"));

    private static final Set<String> ANY = Set.of(
            "background-image",
            "background-clip",
            "clip",
            "clip-path",
            "filter",
            "font-family",
            "font-style",
            "font-weight",
            "list-style-type",
            "rotate",
            "scale",
            "text-shadow",
            "transform",
            "translate",
            "vertical-align");
    private static final Set<String> COLORS = Set.of("color", "background-color", "-webkit-text-fill-color");
    private static final Set<String> LENGTHS = Set.of(
            "width",
            "height",
            "max-width",
            "max-height",
            "min-width",
            "min-height",
            "left",
            "right",
            "top",
            "bottom",
            "margin-left",
            "margin-right",
            "margin-top",
            "margin-bottom",
            "padding-left",
            "padding-right",
            "padding-top",
            "padding-bottom",
            "letter-spacing",
            "text-indent");
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("-webkit-transform", "transform"),
            Map.entry("-webkit-clip-path", "clip-path"),
            Map.entry("-webkit-filter", "filter"),
            Map.entry("-webkit-background-clip", "background-clip"),
            Map.entry("-webkit-opacity", "opacity"),
            Map.entry("overflow-x", "overflow"),
            Map.entry("overflow-y", "overflow"),
            Map.entry("text-decoration", "text-decoration-line"),
            Map.entry("-webkit-text-decoration", "text-decoration-line"),
            Map.entry("-webkit-text-decoration-line", "text-decoration-line"),
            Map.entry("inset-inline-start", "left"),
            Map.entry("inset-inline-end", "right"),
            Map.entry("inset-block-start", "top"),
            Map.entry("inset-block-end", "bottom"),
            Map.entry("margin-inline-start", "margin-left"),
            Map.entry("margin-block-start", "margin-top"),
            Map.entry("inline-size", "width"),
            Map.entry("block-size", "height"),
            Map.entry("max-inline-size", "max-width"),
            Map.entry("max-block-size", "max-height"));

    private CssProperties() {}

    /** Whether any property can have the value. */
    static boolean isGlobal(String value) {
        return GLOBAL.contains(value);
    }

    /** Passes on the properties that a declaration sets; none if it is invalid or irrelevant. */
    static void expand(String given, String value, BiConsumer<String, String> sink) {
        String property = ALIASES.getOrDefault(given, given);
        switch (property) {
            case "background" -> background(value, sink);
            case "font" -> font(value, sink);
            case "margin", "padding" -> sides(property + "-", value, sink);
            case "inset" -> sides("", value, sink);
            case "list-style" -> {
                String type = "disc";
                for (String word : CssValue.words(value)) {
                    if (!word.equals("inside") && !word.equals("outside") && !word.startsWith("url(")) {
                        type = word;
                    }
                }
                sink.accept("list-style-type", type);
            }
            default -> {
                String valid = valid(property, value);
                if (valid != null) {
                    sink.accept(property, valid);
                }
            }
        }
    }

    /** Returns the effective value; null if browsers ignore it. */
    private static @Nullable String valid(String property, String value) {
        if (GLOBAL.contains(value) || ANY.contains(property)) {
            return value;
        }
        boolean computed = CssValue.isComputed(value);
        if (COLORS.contains(property)) {
            return computed
                    ? CssDeclaration.UNKNOWN
                    : value.equals("currentcolor") || CssColor.parse(value) != null ? value : null;
        }
        if (LENGTHS.contains(property)) {
            return computed ? CssDeclaration.UNKNOWN : LENGTH_WORDS.contains(value) ? value : length(value);
        }
        return switch (property) {
            case "display" -> display(value, computed);
            case "opacity" -> computed ? CssDeclaration.UNKNOWN : Double.isNaN(CssValue.fraction(value)) ? null : value;
            case "font-size" -> computed ? CssDeclaration.UNKNOWN : FONT_SIZES.contains(value) ? value : size(value);
            case "text-decoration-line" -> lines(value);
            case "overflow" -> {
                List<String> words = CssValue.words(value);
                yield WORDS.getOrDefault(property, Set.of()).containsAll(words)
                        ? words.stream()
                                .filter(word -> !word.equals("visible"))
                                .findFirst()
                                .orElse("visible")
                        : null;
            }
            default -> WORDS.getOrDefault(property, Set.of()).contains(value) ? value : null;
        };
    }

    private static @Nullable String display(String value, boolean computed) {
        boolean known = DISPLAY.containsAll(CssValue.words(value));
        return known ? value : computed || value.startsWith("-") ? CssDeclaration.UNKNOWN : null;
    }

    /** Without a unit, only zero is a length; other numbers are lengths only in quirks mode. */
    private static @Nullable String length(String value) {
        double pixels = CssValue.pixels(value, 16, 16, 100);
        if (Double.isNaN(pixels)) {
            return null;
        }
        boolean bare = Character.isDigit(value.charAt(value.length() - 1)) || value.endsWith(".");
        return bare && pixels != 0 ? CssDeclaration.UNKNOWN : value;
    }

    private static @Nullable String size(String value) {
        String length = length(value);
        return length != null && length.startsWith("-") && CssValue.pixels(length, 16, 16, 16) < 0 ? null : length;
    }

    private static String lines(String value) {
        List<String> lines = new ArrayList<>();
        for (String word : CssValue.words(value)) {
            if (LINES.contains(word)) {
                lines.add(word);
            }
        }
        return lines.isEmpty() ? "none" : String.join(" ", lines);
    }

    private static void sides(String prefix, String value, BiConsumer<String, String> sink) {
        List<String> words = CssValue.words(value);
        if (words.isEmpty() || words.size() > 4) {
            return;
        }
        List<String> names = List.of("top", "right", "bottom", "left");
        for (int i = 0; i < names.size(); i++) {
            int from = i < words.size() ? i : i == 3 && words.size() > 1 ? 1 : i == 2 ? 0 : 0;
            String valid = valid(prefix + names.get(i), words.get(from));
            if (valid != null) {
                sink.accept(prefix + names.get(i), valid);
            }
        }
    }

    private static void background(String value, BiConsumer<String, String> sink) {
        if (GLOBAL.contains(value)) {
            sink.accept("background-color", value);
            sink.accept("background-image", value);
            return;
        }
        boolean computed = CssValue.isComputed(value);
        String color = computed ? CssDeclaration.UNKNOWN : "transparent";
        String image = computed ? CssDeclaration.UNKNOWN : "none";
        String clip = "border-box";
        for (String word : CssValue.split(value, " ,/")) {
            if (word.contains("url(") || word.contains("gradient(") || word.contains("image")) {
                image = word;
            } else if (BACKGROUND.contains(word)) {
                clip = word.equals("text") ? word : clip;
            } else if (Double.isNaN(CssValue.pixels(word, 16, 16, 16))) {
                String found = valid("background-color", word);
                if (found == null) {
                    return;
                }
                color = found;
            }
        }
        sink.accept("background-color", color);
        sink.accept("background-image", image);
        sink.accept("background-clip", clip);
    }

    private static void font(String value, BiConsumer<String, String> sink) {
        if (GLOBAL.contains(value) || SYSTEM_FONTS.contains(value)) {
            sink.accept("font-size", GLOBAL.contains(value) ? value : "medium");
            return;
        }
        if (CssValue.isComputed(value)) {
            sink.accept("font-size", CssDeclaration.UNKNOWN);
            return;
        }
        List<String> words = CssValue.words(value.replace(" /", "/").replace("/ ", "/"));
        String weight = "normal";
        String style = "normal";
        for (int i = 0; i < words.size() - 1; i++) {
            String word = words.get(i);
            String first = word.contains("/") ? word.substring(0, word.indexOf('/')) : word;
            String size = first.isEmpty() ? null : FONT_SIZES.contains(first) ? first : size(first);
            if (size != null && !size.equals(CssDeclaration.UNKNOWN)) {
                sink.accept("font-size", size);
                sink.accept("font-weight", weight);
                sink.accept("font-style", style);
                sink.accept("font-family", String.join(" ", words.subList(i + 1, words.size())));
                return;
            }
            weight = word.startsWith("bold") || size != null ? word : weight;
            style = word.equals("italic") || word.equals("oblique") ? word : style;
        }
    }
}
