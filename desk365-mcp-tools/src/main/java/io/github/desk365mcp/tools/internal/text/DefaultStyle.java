package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** The styles that browsers give elements and attributes without a style sheet. */
final class DefaultStyle {

    private static final Set<String> STRUCK = Set.of("s", "strike", "del");
    private static final Set<String> AS_IS = Set.of("pre", "textarea", "listing", "xmp", "plaintext");
    /** All elements that look different from their surroundings. */
    private static final Set<String> STYLED = Set.of(
            "html",
            "a",
            "mark",
            "input",
            "select",
            "button",
            "s",
            "strike",
            "del",
            "pre",
            "textarea",
            "listing",
            "xmp",
            "plaintext");

    private static final List<String> ATTRIBUTES =
            List.of("hidden", "popover", "bgcolor", "background", "color", "text", "face");

    private DefaultStyle() {}

    /** Whether an element looks different from its surroundings by default. */
    static boolean has(String tag) {
        return STYLED.contains(tag);
    }

    static boolean isStruck(String tag) {
        return STRUCK.contains(tag);
    }

    static boolean isAsIs(String tag) {
        return AS_IS.contains(tag);
    }

    /** Returns the properties that attributes set; any style sheet overrides them. */
    static Map<String, String> ofAttributes(Element element) {
        String tag = element.normalName();
        if (!hasAny(element) && !tag.equals("dialog")) {
            return Map.of();
        }
        Map<String, String> set = new HashMap<>();
        if (element.hasAttr("hidden")
                || element.hasAttr("popover")
                || tag.equals("dialog") && !element.hasAttr("open")) {
            set.put("display", "none");
        }
        color("background-color", element.attr("bgcolor"), set);
        if (element.hasAttr("background")) {
            set.put("background-image", "url()");
        }
        if (tag.equals("font")) {
            color("color", element.attr("color"), set);
        } else if (tag.equals("body")) {
            color("color", element.attr("text"), set);
        }
        if (element.hasAttr("face")) {
            set.put("font-family", Ascii.lower(element.attr("face")));
        }
        return set;
    }

    /** Not {@code Element.attributes()}, which makes an object for each element that has none. */
    private static boolean hasAny(Element element) {
        for (String attribute : ATTRIBUTES) {
            if (element.hasAttr(attribute)) {
                return true;
            }
        }
        return false;
    }

    private static void color(String property, String value, Map<String, String> set) {
        String color = Ascii.lower(value.strip());
        boolean bare = !color.startsWith("#") && CssColor.parse("#" + color) != null;
        String given = bare ? "#" + color : color;
        if (!given.isEmpty() && !given.equals("transparent")) {
            set.put(property, CssColor.parse(given) == null ? CssDeclaration.UNKNOWN : given);
        }
    }
}
