package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The part of a selector that one element must match.
 *
 * @param tag the element's name; null for any
 * @param id null for any
 * @param any groups of which one alternative each must match, as in {@code :is(a, b)}
 * @param not of these none may match
 * @param places the required places among its siblings
 * @param applies MAYBE if it also has an unknown condition, NO if it has one that is never met without interaction
 * @param size the cost of matching it; 1 if it has only a name and an id
 */
record CssCompound(
        @Nullable String tag,
        @Nullable String id,
        List<String> classes,
        List<Attribute> attributes,
        List<List<CssCompound>> any,
        List<CssCompound> not,
        List<CssPlace> places,
        CssTruth applies,
        int size) {

    CssCompound(
            @Nullable String tag,
            @Nullable String id,
            List<String> classes,
            List<Attribute> attributes,
            List<List<CssCompound>> any,
            List<CssCompound> not,
            List<CssPlace> places,
            CssTruth applies) {
        this(
                tag,
                id,
                List.copyOf(classes),
                List.copyOf(attributes),
                List.copyOf(any),
                List.copyOf(not),
                List.copyOf(places),
                applies,
                1 + classes.size() + 2 * attributes.size() + places.size() + sizeOf(any) + sizeOf(List.of(not)));
    }

    private static int sizeOf(List<List<CssCompound>> groups) {
        int size = 0;
        for (List<CssCompound> group : groups) {
            size++;
            for (CssCompound one : group) {
                size += 1 + one.size;
            }
        }
        return size;
    }

    /**
     * @param operator {@code '='}, {@code '~'}, {@code '|'}, {@code '^'}, {@code '$'}, {@code '*'}; a blank if the
     *     attribute only has to exist
     */
    record Attribute(String name, char operator, String value, boolean ignoresCase) {

        boolean matches(Element element) {
            if (!element.hasAttr(name)) {
                return false;
            }
            String actual = element.attr(name);
            String wanted = value;
            if (ignoresCase) {
                actual = Ascii.lower(actual);
                wanted = Ascii.lower(wanted);
            }
            return switch (operator) {
                case '=' -> actual.equals(wanted);
                case '~' ->
                    !wanted.isEmpty() && (" " + actual.replaceAll("\\s", " ") + " ").contains(" " + wanted + " ");
                case '|' -> actual.equals(wanted) || actual.startsWith(wanted + "-");
                case '^' -> !wanted.isEmpty() && actual.startsWith(wanted);
                case '$' -> !wanted.isEmpty() && actual.endsWith(wanted);
                case '*' -> !wanted.isEmpty() && actual.contains(wanted);
                default -> true;
            };
        }
    }

    boolean matches(Element element, Set<String> elementClasses, CssPlace.Siblings siblings) {
        if (tag != null && !tag.equals(element.normalName()) || id != null && !id.equals(element.id())) {
            return false;
        }
        if (size == 1) {
            return true;
        }
        for (String wanted : classes) {
            if (!elementClasses.contains(wanted)) {
                return false;
            }
        }
        for (Attribute attribute : attributes) {
            if (!attribute.matches(element)) {
                return false;
            }
        }
        for (CssPlace place : places) {
            if (!place.matches(element, siblings)) {
                return false;
            }
        }
        for (List<CssCompound> group : any) {
            if (!matchesAny(group, element, elementClasses, siblings)) {
                return false;
            }
        }
        return !matchesAny(not, element, elementClasses, siblings);
    }

    // Not a stream: it takes longer than the comparison, and there are millions.
    private static boolean matchesAny(
            List<CssCompound> alternatives, Element element, Set<String> elementClasses, CssPlace.Siblings siblings) {
        for (CssCompound one : alternatives) {
            if (one.matches(element, elementClasses, siblings)) {
                return true;
            }
        }
        return false;
    }

    /** Adds its ids, classes and types to these numbers. */
    void count(int[] kinds) {
        kinds[0] += id == null ? 0 : 1;
        kinds[1] += classes.size() + attributes.size() + places.size();
        kinds[2] += tag == null ? 0 : 1;
        for (CssCompound inner : not) {
            inner.count(kinds);
        }
        for (List<CssCompound> group : any) {
            if (!group.isEmpty()) {
                group.get(0).count(kinds);
            }
        }
    }

    /** Whether the result depends on the classes of an element. */
    boolean looksAtClasses() {
        return !classes.isEmpty() || !any.isEmpty() || !not.isEmpty();
    }
}
