package io.github.desk365mcp.tools.internal.text;

import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * How an element's own text looks, according to its style, its attributes and its ancestors. If a value cannot be
 * determined, the text is treated as visible. Immutable.
 */
final class ComputedStyle {

    /** In pixels. */
    private static final double MEDIUM = 16;
    /** In pixels; text of this size or smaller cannot be read. */
    private static final double UNREADABLE = 1.5;
    /** In pixels; a first line that begins here or further left is off the screen. */
    private static final double OUTDENTED = -400;

    private static final double INDENTED = 900;
    /** As a part of the font size; with this space or less between them, letters lie on one another. */
    private static final double HEAPED = -0.5;

    private static final double STEP = 1.2;

    private static final Map<String, Double> SIZES = Map.of(
            "xx-small", 9.0,
            "x-small", 10.0,
            "small", 13.0,
            "medium", MEDIUM,
            "large", 18.0,
            "x-large", 24.0,
            "xx-large", 32.0,
            "xxx-large", 48.0);
    private static final Set<String> CONTROLS = Set.of("input", "select", "textarea", "button");
    private static final CssColor BUTTON = new CssColor(239, 239, 239, 1);
    private static final CssColor MARKED = new CssColor(255, 255, 0, 1);

    /** The style of the root element. */
    static final ComputedStyle INITIAL = new ComputedStyle();

    /** The properties that are set for the element itself. */
    private final Map<String, String> own;

    /** Nothing inside is visible. */
    private boolean gone;

    private boolean invisible;
    private double opacity = 1;
    private double fontSize = MEDIUM;
    private double rootSize = MEDIUM;
    private CssColor color = CssColor.BLACK;
    /** The fill of the letters, if it is not their color. */
    private @Nullable CssColor fill;

    private CssColor background = CssColor.WHITE;
    /** Something other than its color, such as a shadow, makes the text visible. */
    private boolean painted;

    private double indent;
    /** In pixels; NaN if unknown. */
    private double spacing;

    private boolean oneLine;
    private boolean struck;
    private boolean asIs;
    private @Nullable SymbolFont font;

    private ComputedStyle() {
        own = Map.of();
    }

    private ComputedStyle(ComputedStyle parent, Map<String, String> own) {
        this.own = own;
        gone = parent.gone;
        invisible = parent.invisible;
        opacity = parent.opacity;
        fontSize = parent.fontSize;
        rootSize = parent.rootSize;
        color = parent.color;
        fill = parent.fill;
        background = parent.background;
        painted = parent.painted;
        indent = parent.indent;
        spacing = parent.spacing;
        oneLine = parent.oneLine;
        struck = parent.struck;
        asIs = parent.asIs;
        font = parent.font;
    }

    /** Returns the style of a child; the parent's own instance if nothing changes. */
    static ComputedStyle of(ComputedStyle parent, Element element, Map<String, String> set) {
        String tag = element.normalName();
        boolean plain = set.isEmpty() && parent.own.isEmpty() && !DefaultStyle.has(tag);
        return plain ? parent : new ComputedStyle(parent, set).compute(parent, element, tag);
    }

    private ComputedStyle compute(ComputedStyle parent, Element element, String tag) {
        fontSize = fontSize(parent, tag);
        rootSize = tag.equals("html") ? fontSize : rootSize;
        visibility(tag);
        color(element, tag, parent);
        background(tag);
        text(tag);
        return this;
    }

    private double fontSize(ComputedStyle parent, String tag) {
        double otherwise = CONTROLS.contains(tag) ? MEDIUM / STEP : parent.fontSize;
        String value = own.get("font-size");
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "inherit", "unset" -> parent.fontSize;
            case "initial" -> MEDIUM;
            case "revert", "revert-layer" -> otherwise;
            case "smaller" -> parent.fontSize / STEP;
            case "larger" -> parent.fontSize * STEP;
            default -> {
                Double named = SIZES.get(value);
                yield named != null ? named : CssValue.pixels(value, parent.fontSize, rootSize, parent.fontSize);
            }
        };
    }

    private void visibility(String tag) {
        String visibility = own.get("visibility");
        if (visibility != null && !visibility.equals("inherit") && !visibility.equals("unset")) {
            invisible = visibility.equals("hidden") || visibility.equals("collapse");
        }
        opacity *= opacity(own.get("opacity"));
        String filter = own.get("filter");
        if (filter != null && filter.startsWith("opacity(")) {
            opacity *= opacity(filter.substring("opacity(".length(), filter.length() - 1));
        }
        gone |= "none".equals(own.get("display"));
        if (!own.isEmpty() && !gone) {
            gone = new CssBox(tag, own, fontSize, rootSize).isGone();
        }
    }

    private static double opacity(@Nullable String value) {
        double fraction = value == null ? 1 : CssValue.fraction(value);
        return Double.isNaN(fraction) ? 1 : Math.max(0, Math.min(1, fraction));
    }

    private void color(Element element, String tag, ComputedStyle parent) {
        if (tag.equals("a") && element.hasAttr("href")) {
            color = CssColor.LINK;
        } else if (tag.equals("mark") || CONTROLS.contains(tag)) {
            color = CssColor.BLACK;
        }
        color = color(own.get("color"), color, parent.color);
        String filled = own.get("-webkit-text-fill-color");
        if (filled != null) {
            fill = filled.equals("currentcolor") || filled.equals("initial")
                    ? null
                    : color(filled, color, parent.fill == null ? parent.color : parent.fill);
        }
        String shadow = own.get("text-shadow");
        if (shadow != null && !shadow.equals("inherit")) {
            painted = !shadow.equals("none")
                    && CssValue.split(shadow, " ,").stream().noneMatch(word -> {
                        CssColor shade = CssColor.parse(word);
                        return shade != null && shade.isLost(background, opacity);
                    });
        }
    }

    private static CssColor color(@Nullable String value, CssColor otherwise, CssColor inherited) {
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "inherit", "currentcolor", "unset" -> inherited;
            case "initial" -> CssColor.BLACK;
            case "revert", "revert-layer" -> otherwise;
            default -> {
                CssColor parsed = CssColor.parse(value);
                yield parsed == null ? CssColor.UNKNOWN : parsed;
            }
        };
    }

    private void background(String tag) {
        CssColor below = background;
        if (tag.equals("mark")) {
            background = MARKED;
        } else if (CONTROLS.contains(tag)) {
            background = tag.equals("button") ? BUTTON : CssColor.WHITE;
        }
        String given = own.get("background-color");
        if (given != null) {
            background = color(given, background, below);
            background = given.equals("initial") || given.equals("unset") ? below : background.over(below);
        }
        String image = own.get("background-image");
        if (image != null && !image.equals("none") && !CssProperties.isGlobal(image)) {
            background = CssColor.UNKNOWN;
            painted |= "text".equals(own.get("background-clip"));
        }
    }

    private void text(String tag) {
        String decoration = own.get("text-decoration-line");
        struck |= decoration == null ? DefaultStyle.isStruck(tag) : decoration.contains("line-through");
        String spaces = own.get("white-space");
        if (spaces == null) {
            asIs |= DefaultStyle.isAsIs(tag);
        } else if (!spaces.equals("inherit") && !spaces.equals("unset")) {
            asIs = spaces.startsWith("pre") || spaces.equals("break-spaces");
            oneLine = spaces.equals("nowrap") || spaces.equals("pre");
        }
        String indented = own.get("text-indent");
        if (indented != null) {
            double pixels = CssValue.pixels(indented, fontSize, rootSize, 1_000);
            indent = Double.isNaN(pixels) ? 0 : pixels;
        }
        String spaced = own.get("letter-spacing");
        if (spaced != null && !spaced.equals("inherit") && !spaced.equals("unset")) {
            spacing = CssValue.pixels(spaced, fontSize, rootSize, fontSize);
        }
        String family = own.get("font-family");
        if (family != null && !CssProperties.isGlobal(family)) {
            font = SymbolFont.named(family);
        }
    }

    /** Whether text with this style is invisible. */
    boolean hidesText() {
        return hidesAll()
                || fontSize <= UNREADABLE
                || indent <= OUTDENTED
                || spacing <= fontSize * HEAPED
                || indent >= INDENTED && oneLine
                || !painted && (fill == null ? color : fill).isLost(background, opacity);
    }

    /** Whether images with this style are invisible too. */
    boolean hidesAll() {
        return gone || invisible || CssColor.BLACK.isLost(CssColor.WHITE, opacity);
    }

    /** Whether nothing inside is visible, whatever its own style. */
    boolean isGone() {
        return gone;
    }

    boolean isStruck() {
        return struck;
    }

    /** Whether white space is preserved. */
    boolean isAsIs() {
        return asIs;
    }

    /** Returns the symbol font of the text; null if its letters are shown as letters. */
    @Nullable
    SymbolFont font() {
        return font;
    }

    /** Whether a style removes the emphasis that the element has by default. */
    boolean isNormal(String property) {
        String set = own.get(property);
        return set != null && (set.equals("normal") || set.equals("400") || set.equals("300"));
    }

    /** Returns the value that is set for the element itself; null if none is. */
    @Nullable
    String own(String property) {
        return own.get(property);
    }
}
