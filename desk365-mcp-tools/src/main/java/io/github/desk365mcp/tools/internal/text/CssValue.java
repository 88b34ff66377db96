package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses numbers, lengths and lists in values of a style. */
final class CssValue {

    private static final Set<String> COMPUTED = Set.of(
            "var", "calc", "env", "min", "max", "clamp", "attr", "round", "mod", "rem", "abs", "sign", "fit-content");

    /** In pixels; the screen is assumed to be 1,000 by 800. */
    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("px", 1.0),
            Map.entry("pt", 4 / 3.0),
            Map.entry("pc", 16.0),
            Map.entry("in", 96.0),
            Map.entry("cm", 96 / 2.54),
            Map.entry("mm", 9.6 / 2.54),
            Map.entry("q", 2.4 / 2.54),
            Map.entry("vw", 10.0),
            Map.entry("vh", 8.0),
            Map.entry("vmin", 8.0),
            Map.entry("vmax", 10.0));

    private CssValue() {}

    /** Whether the value depends on something that is computed elsewhere. */
    static boolean isComputed(String value) {
        for (int open = value.indexOf('('); open >= 0; open = value.indexOf('(', open + 1)) {
            int start = open;
            while (start > 0 && (Character.isLetter(value.charAt(start - 1)) || value.charAt(start - 1) == '-')) {
                start--;
            }
            if (COMPUTED.contains(value.substring(start, open))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number; NaN if it is not one. */
    static double number(String text) {
        String number = text.strip();
        if (number.isEmpty() || number.length() > 40) {
            return Double.NaN;
        }
        for (int i = 0; i < number.length(); i++) {
            if ("0123456789.+-e".indexOf(number.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Returns a number or a percentage, where 1 is the whole; NaN if it is neither. */
    static double fraction(String text) {
        return text.endsWith("%") ? number(text.substring(0, text.length() - 1)) / 100 : number(text);
    }

    /**
     * Returns the length in pixels; NaN if it is not one, or is unknown.
     *
     * @param em the font size
     * @param rem the font size of the root
     * @param whole the length of 100 %
     */
    static double pixels(String text, double em, double rem, double whole) {
        if (text.endsWith("%")) {
            return number(text.substring(0, text.length() - 1)) / 100 * whole;
        }
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        String unit = text.substring(end);
        double number = number(text.substring(0, end));
        return switch (unit) {
            case "" -> number;
            case "em" -> number * em;
            case "rem" -> number * rem;
            case "ex", "ch" -> number * em / 2;
            default -> number * UNITS.getOrDefault(unit, Double.NaN);
        };
    }

    /** Splits a value at blanks outside of brackets. */
    static List<String> words(String value) {
        return split(value, " ");
    }

    /** Returns the arguments of a function, which are separated by commas, blanks or slashes. */
    static List<String> arguments(String function) {
        int open = function.indexOf('(');
        int close = function.lastIndexOf(')');
        return open < 0
                ? List.of()
                : split(function.substring(open + 1, close > open ? close : function.length()), " ,/");
    }

    static List<String> split(String value, String separators) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            char next = i < value.length() ? value.charAt(i) : separators.charAt(0);
            depth += next == '(' ? 1 : next == ')' ? -1 : 0;
            if (i == value.length() || depth <= 0 && separators.indexOf(next) >= 0) {
                if (i > start) {
                    parts.add(value.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }
}
