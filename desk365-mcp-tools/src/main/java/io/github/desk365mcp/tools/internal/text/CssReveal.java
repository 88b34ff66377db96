package io.github.desk365mcp.tools.internal.text;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies a rule that may or may not match: it may make a text visible, but not hide it. */
final class CssReveal {

    private static final Set<String> COLORS =
            Set.of("color", "background-color", "background-image", "background-clip", "-webkit-text-fill-color");

    private CssReveal() {}

    /** Returns the value to apply; null if there is none. */
    static @Nullable String valueOf(String property, String value) {
        if (COLORS.contains(property)) {
            return CssDeclaration.UNKNOWN;
        }
        return shows(property, value) ? value : null;
    }

    private static boolean shows(String property, String value) {
        return switch (property) {
            case "display" -> !value.equals("none");
            case "visibility", "overflow", "content-visibility" -> value.equals("visible");
            case "opacity" -> !(CssValue.fraction(value) < 0.5);
            case "font-size" -> !(CssValue.pixels(value, 16, 16, 16) < 6);
            case "position" -> value.equals("static");
            case "clip", "clip-path", "transform", "rotate", "scale", "translate", "filter" ->
                value.equals("none") || value.equals("auto");
            case "width", "height", "max-width", "max-height", "min-width", "min-height" ->
                !(CssValue.pixels(value, 16, 16, 1_000) < 6);
            case "left", "right", "top", "bottom", "margin-left", "margin-top", "text-indent", "letter-spacing" ->
                !(Math.abs(CssValue.pixels(value, 16, 16, 1_000)) > 300);
            default -> false;
        };
    }
}
