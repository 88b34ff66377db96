package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.Map;

/** Whether a transformation makes an element invisible. */
final class CssTransform {

    /** A factor; content that is scaled to it cannot be read. */
    private static final double NOTHING = 0.05;
    /** In pixels, to the left and up. */
    private static final double OUTSIDE = -400;
    /** In pixels, to the right and down. */
    private static final double FAR = 3_000;

    private final double em;
    private final double rem;

    CssTransform(double em, double rem) {
        this.em = em;
        this.rem = rem;
    }

    boolean hides(Map<String, String> style) {
        String scale = style.get("scale");
        String translate = style.get("translate");
        String rotate = style.get("rotate");
        if (scale != null && isNothing(CssValue.words(scale))
                || translate != null && isOutside(CssValue.words(translate))
                || rotate != null && isEdge(CssValue.words(rotate))) {
            return true;
        }
        String transform = style.get("transform");
        return transform != null
                && CssValue.words(transform.replace(")", ") ")).stream().anyMatch(this::hides);
    }

    private boolean hides(String function) {
        List<String> arguments = CssValue.arguments(function);
        if (arguments.isEmpty()) {
            return false;
        }
        return switch (function.substring(0, function.indexOf('(')).strip()) {
            case "scale", "scalex", "scaley" -> isNothing(arguments);
            case "scale3d" -> isNothing(arguments.subList(0, Math.min(2, arguments.size())));
            case "translate", "translatex", "translatey", "translate3d" -> isOutside(arguments);
            case "rotatex", "rotatey" -> isEdge(arguments.get(0));
            case "matrix" ->
                arguments.size() == 6 && (isFlat(arguments, 0, 1, 2, 3) || isOutside(arguments.subList(4, 6)));
            case "matrix3d" ->
                arguments.size() == 16 && (isFlat(arguments, 0, 1, 4, 5) || isOutside(arguments.subList(12, 14)));
            default -> false;
        };
    }

    private static boolean isNothing(List<String> factors) {
        return factors.stream().mapToDouble(CssValue::fraction).anyMatch(factor -> Math.abs(factor) <= NOTHING);
    }

    private boolean isOutside(List<String> lengths) {
        return lengths.stream()
                // A percentage refers to the box itself, whose size is unknown.
                .mapToDouble(length -> CssValue.pixels(length, em, rem, 200))
                .anyMatch(length -> length <= OUTSIDE || length >= FAR);
    }

    /** Whether a rotation is about an axis of the screen, and the element is seen from its edge. */
    private static boolean isEdge(List<String> rotation) {
        return rotation.size() == 2
                && (rotation.contains("x") || rotation.contains("y"))
                && rotation.stream().anyMatch(CssTransform::isEdge);
    }

    /** Whether an element that is turned by this angle is seen from its edge. */
    private static boolean isEdge(String angle) {
        double degrees = angle.endsWith("deg")
                ? CssValue.number(angle.substring(0, angle.length() - 3))
                : angle.endsWith("turn") ? CssValue.number(angle.substring(0, angle.length() - 4)) * 360 : 0;
        return Math.abs(degrees % 180) > 85 && Math.abs(degrees % 180) < 95;
    }

    private static boolean isFlat(List<String> matrix, int a, int b, int c, int d) {
        double area = CssValue.number(matrix.get(a)) * CssValue.number(matrix.get(d))
                - CssValue.number(matrix.get(b)) * CssValue.number(matrix.get(c));
        return Math.abs(area) <= NOTHING * NOTHING;
    }
}
