package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a style makes an element's box invisible: without size, clipped away, scaled to nothing, or off the screen. */
final class CssBox {

    private static final Set<String> TABLE_PARTS =
            Set.of("table", "tbody", "td", "tfoot", "th", "thead", "tr", "col", "colgroup", "caption");
    private static final Set<String> PLACED = Set.of("absolute", "fixed", "relative", "sticky", "-webkit-sticky");

    /** In pixels; a box of this size or smaller shows nothing. */
    private static final double NOTHING = 1;
    /** In pixels; text in a larger padding can be read. */
    private static final double PADDING = 6;
    /** In pixels, to the left of the screen or above it. */
    private static final double OUTSIDE = -400;
    /** In pixels, to the right of the screen or below it; a reader can scroll there, but not this far. */
    private static final double FAR = 3_000;
    /** In pixels; a margin that is less negative may only make elements overlap. */
    private static final double MARGIN = -900;

    private final String tag;
    private final Map<String, String> style;
    private final double em;
    private final double rem;

    CssBox(String tag, Map<String, String> style, double em, double rem) {
        this.tag = tag;
        this.style = style;
        this.em = em;
        this.rem = rem;
    }

    boolean isGone() {
        return is("content-visibility", "hidden")
                || isCollapsed()
                || isOutside()
                || isClipped()
                || new CssTransform(em, rem).hides(style);
    }

    private boolean is(String property, String value) {
        return value.equals(style.get(property));
    }

    /** In pixels; NaN if it is not set or unknown. */
    private double pixels(String property) {
        String value = style.get(property);
        return value == null ? Double.NaN : CssValue.pixels(value, em, rem, 1_000);
    }

    private double orZero(String property) {
        double pixels = pixels(property);
        return Double.isNaN(pixels) ? 0 : pixels;
    }

    private boolean isCollapsed() {
        String overflow = style.getOrDefault("overflow", "visible");
        String display = style.getOrDefault("display", "");
        boolean grows = display.isEmpty() ? TABLE_PARTS.contains(tag) : display.startsWith("table");
        return !grows
                && Set.of("hidden", "clip", "scroll", "auto").contains(overflow)
                && (isCollapsed("height", "top", "bottom") || isCollapsed("width", "left", "right"));
    }

    private boolean isCollapsed(String size, String start, String end) {
        return (pixels(size) <= NOTHING || pixels("max-" + size) <= NOTHING)
                && !(pixels("min-" + size) > NOTHING)
                && !CssDeclaration.UNKNOWN.equals(style.get("min-" + size))
                && orZero("padding-" + start) + orZero("padding-" + end) <= PADDING
                && !CssDeclaration.UNKNOWN.equals(style.get("padding-" + start))
                && !CssDeclaration.UNKNOWN.equals(style.get("padding-" + end));
    }

    private boolean isOutside() {
        double left = orZero("margin-left");
        if (PLACED.contains(style.getOrDefault("position", ""))) {
            double right = pixels("right");
            double top = pixels("top");
            double bottom = pixels("bottom");
            left += orZero("left");
            if (left >= FAR
                    || right <= OUTSIDE
                    || right >= FAR
                    || top + orZero("margin-top") <= OUTSIDE
                    || top >= FAR
                    || bottom <= -FAR
                    || bottom >= FAR) {
                return true;
            }
        }
        return left <= OUTSIDE || orZero("margin-top") <= MARGIN && !style.containsKey("top");
    }

    private boolean isClipped() {
        String clip = style.getOrDefault("clip", "");
        if (clip.startsWith("rect(") && isEmptyRect(CssValue.arguments(clip))) {
            return true;
        }
        String path = style.getOrDefault("clip-path", "");
        List<String> arguments = CssValue.arguments(path);
        if (arguments.isEmpty()) {
            return false;
        }
        return switch (path.substring(0, path.indexOf('('))) {
            case "inset" -> isInset(arguments);
            case "circle" -> isZero(arguments.get(0));
            case "ellipse" -> isZero(arguments.get(0)) || arguments.size() > 1 && isZero(arguments.get(1));
            case "rect" -> isEmptyRect(arguments);
            case "xywh" -> arguments.size() > 3 && (isZero(arguments.get(2)) || isZero(arguments.get(3)));
            case "polygon" -> isFlat(arguments);
            default -> false;
        };
    }

    private boolean isZero(String length) {
        return CssValue.pixels(length, em, rem, 1_000) <= NOTHING;
    }

    private boolean isEmptyRect(List<String> sides) {
        if (sides.size() != 4) {
            return false;
        }
        double[] edges = new double[4];
        for (int i = 0; i < 4; i++) {
            String side = sides.get(i);
            edges[i] = side.equals("auto") ? i == 0 || i == 3 ? 0 : FAR : CssValue.pixels(side, em, rem, 1_000);
        }
        return edges[2] - edges[0] <= NOTHING || edges[1] - edges[3] <= NOTHING;
    }

    /** Whether opposite sides together cut off the whole box. */
    private boolean isInset(List<String> arguments) {
        int round = arguments.indexOf("round");
        List<String> sides = round < 0 ? arguments : arguments.subList(0, round);
        if (sides.isEmpty() || sides.size() > 4) {
            return false;
        }
        double[] cut = new double[4];
        for (int i = 0; i < 4; i++) {
            int from = i < sides.size() ? i : i == 3 && sides.size() > 1 ? 1 : 0;
            // The share of the box that a length covers is unknown.
            cut[i] = CssValue.pixels(sides.get(from), em, rem, 1_000);
        }
        return cut[0] + cut[2] >= 1_000 || cut[1] + cut[3] >= 1_000;
    }

    private boolean isFlat(List<String> arguments) {
        double[] points = arguments.stream()
                .filter(word -> !word.equals("nonzero") && !word.equals("evenodd"))
                .limit(100)
                .mapToDouble(word -> CssValue.pixels(word, em, rem, 1_000))
                .toArray();
        double area = 0;
        int corners = points.length / 2;
        for (int i = 0; i < corners; i++) {
            int next = (i + 1) % corners;
            area += points[2 * i] * points[2 * next + 1] - points[2 * next] * points[2 * i + 1];
        }
        return corners > 0 && Math.abs(area) <= 2 * NOTHING;
    }
}
