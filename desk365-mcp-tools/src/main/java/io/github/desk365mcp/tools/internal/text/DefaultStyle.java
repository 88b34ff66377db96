package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** The styles that browsers give elements and attributes without a style sheet. */
final class DefaultStyle {

    private static final Set<String> STRUCK = Set.of("s", "strike", "del");
    private static final Set<String> AS_IS = Set.of("pre", "textarea", "listing", "xmp", "plaintext");
    private static final Set<String> OTHERS = Set.of("html", "a", "mark", "input", "select", "button");

    private DefaultStyle() {}

    /** Whether an element looks different from its surroundings by default. */
    static boolean has(String tag) {
        return OTHERS.contains(tag) || STRUCK.contains(tag) || AS_IS.contains(tag);
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
        if (element.attributes().size() == 0 && !tag.equals("dialog")) {
            return Map.of();
        }
        Map<String, String> set = new HashMap<>();
        for (Attribute attribute : element.attributes()) {
            String value = attribute.getValue();
            switch (Ascii.lower(attribute.getKey())) {
                case "hidden", "popover" -> set.put("display", "none");
                case "bgcolor" -> color("background-color", value, set);
                case "background" -> set.put("background-image", "url()");
                case "color" -> {
                    if (tag.equals("font")) {
                        color("color", value, set);
                    }
                }
                case "text" -> {
                    if (tag.equals("body")) {
                        color("color", value, set);
                    }
                }
                case "face" -> set.put("font-family", Ascii.lower(value));
                default -> {}
            }
        }
        if (tag.equals("dialog") && !element.hasAttr("open")) {
            set.put("display", "none");
        }
        return set;
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
