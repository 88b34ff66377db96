package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a selector compound by compound. */
final class CssCompoundParser {

    /** Valid, but never true in a mail that is only read, or pseudo-elements. */
    private static final Set<String> NEVER =
            Set.of("hover", "active", "focus", "focus-within", "focus-visible", "visited", "target", "before", "after");

    private static final Set<String> FIRST_PARTS = Set.of("first-line", "first-letter");
    /** Valid; whether they are true is not determined. */
    private static final Set<String> UNKNOWN = Set.of(
            "has",
            "lang",
            "dir",
            "empty",
            "checked",
            "enabled",
            "disabled",
            "default",
            "indeterminate",
            "required",
            "optional",
            "read-only",
            "read-write",
            "valid",
            "invalid",
            "in-range",
            "out-of-range",
            "placeholder-shown",
            "defined",
            "open",
            "scope",
            "host",
            "fullscreen",
            "autofill",
            "target-within",
            "user-invalid",
            "user-valid",
            "modal",
            "popover-open",
            "local-link");

    private static final Set<String> GROUPS = Set.of("is", "where", "matches", "any", "-webkit-any", "-moz-any");

    private static final Pattern NTH = Pattern.compile("([+-]?\\d{0,6})n(?:([+-])(\\d{1,6}))?|([+-]?\\d{1,6})");

    private static final int DEEPEST = 3;

    private final String selector;
    private final int depth;
    private int at;

    // The state of the current compound.
    private @Nullable String tag;
    private @Nullable String id;
    private List<String> classes = List.of();
    private List<CssCompound.Attribute> attributes = List.of();
    private List<List<CssCompound>> any = List.of();
    private List<CssCompound> not = List.of();
    private List<CssPlace> places = List.of();
    private CssTruth applies = CssTruth.YES;

    CssCompoundParser(String selector) {
        this(selector, 0);
    }

    private CssCompoundParser(String selector, int depth) {
        this.selector = selector;
        this.depth = depth;
    }

    boolean isAtEnd() {
        return at >= selector.length();
    }

    /** Reads the combinator before the next compound. */
    char combinator() {
        char found = ' ';
        while (!isAtEnd() && (CssScanner.isBlank(selector.charAt(at)) || ">+~".indexOf(selector.charAt(at)) >= 0)) {
            found = CssScanner.isBlank(selector.charAt(at)) ? found : selector.charAt(at);
            at++;
        }
        return found;
    }

    /** Reads the next compound; returns null if it is not valid. */
    @Nullable
    CssCompound compound() {
        tag = null;
        id = null;
        classes = new ArrayList<>();
        attributes = new ArrayList<>();
        any = new ArrayList<>();
        not = new ArrayList<>();
        places = new ArrayList<>();
        applies = CssTruth.YES;
        int from = at;
        while (!isAtEnd() && !CssScanner.isBlank(selector.charAt(at)) && ">+~".indexOf(selector.charAt(at)) < 0) {
            if (!simple(at == from)) {
                return null;
            }
        }
        return at == from ? null : new CssCompound(tag, id, classes, attributes, any, not, places, applies);
    }

    private boolean simple(boolean isFirst) {
        char next = selector.charAt(at);
        switch (next) {
            case '*' -> {
                at++;
                return isFirst;
            }
            case '.' -> {
                at++;
                return !last(classes).isEmpty();
            }
            case '#' -> {
                at++;
                id = name();
                return !id.isEmpty();
            }
            case '[' -> {
                return attribute();
            }
            case ':' -> {
                return pseudo();
            }
            default -> {
                tag = Ascii.lower(name());
                return isFirst && !tag.isEmpty();
            }
        }
    }

    private String last(List<String> names) {
        String name = name();
        names.add(name);
        return name;
    }

    /** Reads a name and decodes it; returns an empty text if there is none. */
    private String name() {
        int from = at;
        while (!isAtEnd()) {
            char next = selector.charAt(at);
            if (next == '\\') {
                int digits = at + 1;
                while (digits < selector.length()
                        && digits < at + 7
                        && Character.digit(selector.charAt(digits), 16) >= 0) {
                    digits++;
                }
                boolean ends =
                        digits > at + 1 && digits < selector.length() && CssScanner.isBlank(selector.charAt(digits));
                at = digits == at + 1 ? at + 2 : ends ? digits + 1 : digits;
            } else if (Character.isLetterOrDigit(next) || next == '-' || next == '_' || next > 0x7F) {
                at++;
            } else {
                break;
            }
        }
        at = Math.min(at, selector.length());
        return CssScanner.decode(selector.substring(from, at));
    }

    private boolean attribute() {
        int end = closing(']');
        CssScanner inside = new CssScanner(selector.substring(Math.min(at + 1, end), end));
        at = Math.min(end + 1, selector.length());
        String name = inside.until("~|^$*=").strip();
        char operator = ' ';
        String value = "";
        if (!inside.isAtEnd()) {
            operator = inside.peek();
            inside.skip(1);
            if (operator != '=') {
                if (inside.isAtEnd() || inside.peek() != '=') {
                    return false;
                }
                inside.skip(1);
            }
            value = inside.until("").strip();
        }
        boolean ignoresCase =
                value.endsWith(" i") || value.endsWith(" I") || value.endsWith("\"i") || value.endsWith("'i");
        if (ignoresCase || value.endsWith(" s")) {
            value = value.substring(0, value.length() - 1).strip();
        }
        String decoded = Ascii.lower(CssScanner.decode(name));
        attributes.add(new CssCompound.Attribute(decoded, operator, CssScanner.decode(value), ignoresCase));
        return !decoded.isEmpty();
    }

    /** Returns the index of the closing bracket; the end if it is missing. */
    private int closing(char close) {
        CssScanner rest = new CssScanner(selector.substring(at + 1));
        String inside = rest.until(String.valueOf(close));
        // The scanner would return comments as a blank, but none are left here.
        return Math.min(at + 1 + inside.length(), selector.length());
    }

    private boolean pseudo() {
        at++;
        boolean isPart = !isAtEnd() && selector.charAt(at) == ':';
        at += isPart ? 1 : 0;
        String name = Ascii.lower(name());
        String argument = null;
        if (!isAtEnd() && selector.charAt(at) == '(') {
            int end = closing(')');
            argument = selector.substring(at + 1, Math.max(at + 1, end)).strip();
            at = Math.min(end + 1, selector.length());
        }
        if (isPart || NEVER.contains(name) || FIRST_PARTS.contains(name)) {
            applies = CssTruth.NO;
            return !name.isEmpty();
        }
        if (argument != null && (name.equals("not") || GROUPS.contains(name))) {
            return group(name, argument);
        }
        switch (name) {
            case "link", "any-link", "-webkit-any-link", "-moz-any-link" ->
                attributes.add(new CssCompound.Attribute("href", ' ', "", false));
            case "root" -> any.add(List.of(ofTag("html")));
            case "first-child" -> places.add(new CssPlace(0, 1, false, false));
            case "last-child" -> places.add(new CssPlace(0, 1, true, false));
            case "first-of-type" -> places.add(new CssPlace(0, 1, false, true));
            case "last-of-type" -> places.add(new CssPlace(0, 1, true, true));
            case "only-child" -> {
                places.add(new CssPlace(0, 1, false, false));
                places.add(new CssPlace(0, 1, true, false));
            }
            case "only-of-type" -> {
                places.add(new CssPlace(0, 1, false, true));
                places.add(new CssPlace(0, 1, true, true));
            }
            case "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type" -> {
                return argument != null && nth(argument, name.contains("last"), name.endsWith("type"));
            }
            default -> {
                applies = applies.and(CssTruth.MAYBE);
                return UNKNOWN.contains(name) || name.startsWith("-");
            }
        }
        return true;
    }

    private static CssCompound ofTag(String tag) {
        return new CssCompound(tag, null, List.of(), List.of(), List.of(), List.of(), List.of(), CssTruth.YES);
    }

    private boolean nth(String argument, boolean last, boolean ofType) {
        String formula = Ascii.lower(argument.replace(" ", ""));
        formula = formula.equals("odd") ? "2n+1" : formula.equals("even") ? "2n" : formula;
        Matcher parsed = NTH.matcher(formula);
        if (!parsed.matches()) {
            // "of" with a list of selectors.
            applies = applies.and(CssTruth.MAYBE);
            return argument.contains(" of ");
        }
        if (parsed.group(4) != null) {
            places.add(new CssPlace(0, Integer.parseInt(parsed.group(4)), last, ofType));
            return true;
        }
        String step = parsed.group(1);
        int offset = parsed.group(3) == null ? 0 : Integer.parseInt(parsed.group(3));
        places.add(new CssPlace(
                step.isEmpty() || step.equals("+") ? 1 : step.equals("-") ? -1 : Integer.parseInt(step),
                "-".equals(parsed.group(2)) ? -offset : offset,
                last,
                ofType));
        return true;
    }

    /** Reads the compounds of {@code :is} and {@code :not}; longer selectors inside make the result unknown. */
    private boolean group(String name, String argument) {
        if (depth == DEEPEST) {
            applies = applies.and(CssTruth.MAYBE);
            return true;
        }
        List<CssCompound> group = new ArrayList<>();
        boolean known = true;
        for (String one : CssSelector.list(argument)) {
            CssCompoundParser inner = new CssCompoundParser(one.strip(), depth + 1);
            CssCompound compound = inner.compound();
            if (compound == null) {
                return false;
            }
            if (!inner.isAtEnd() || compound.applies() == CssTruth.MAYBE) {
                applies = applies.and(CssTruth.MAYBE);
                known = false;
            } else if (compound.applies() == CssTruth.YES) {
                group.add(compound);
            }
        }
        if (name.equals("not")) {
            not.addAll(group);
        } else if (known) {
            any.add(group);
        }
        return true;
    }
}
