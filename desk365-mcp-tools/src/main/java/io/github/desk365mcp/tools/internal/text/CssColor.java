package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A color of a style sheet or an attribute.
 *
 * @param alpha from 0 (transparent) to 1; NaN if the color is unknown
 */
record CssColor(int red, int green, int blue, double alpha) {

    static final CssColor BLACK = new CssColor(0, 0, 0, 1);
    static final CssColor WHITE = new CssColor(255, 255, 255, 1);
    static final CssColor LINK = new CssColor(0, 0, 238, 1);
    static final CssColor TRANSPARENT = new CssColor(0, 0, 0, 0);
    static final CssColor UNKNOWN = new CssColor(0, 0, 0, Double.NaN);

    /** The largest difference of a channel between text and background at which they look the same. */
    private static final double SAME = 24;

    private static final String NAMES =
            "aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff"
                    + " beige f5f5dc bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a"
                    + " burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed"
                    + " cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray"
                    + " a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange"
                    + " ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b"
                    + " darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue"
                    + " 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22"
                    + " fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000"
                    + " greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0"
                    + " khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6"
                    + " lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey"
                    + " d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899"
                    + " lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6"
                    + " magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db"
                    + " mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred"
                    + " c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080"
                    + " oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa"
                    + " palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink"
                    + " ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue"
                    + " 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver"
                    + " c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f"
                    + " steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat"
                    + " f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32"
                    // System colors, with their usual values.
                    + " canvas ffffff canvastext 000000 window ffffff windowtext 000000 linktext 0000ee";

    private static final Map<String, CssColor> NAMED = new HashMap<>();

    static {
        String[] words = NAMES.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            NAMED.put(words[i], ofHex(words[i + 1]));
        }
    }

    /** Parses a color of a style; returns null if browsers reject it. */
    static @Nullable CssColor parse(String value) {
        CssColor named = NAMED.get(value);
        if (named != null) {
            return named;
        }
        if (value.equals("transparent")) {
            return TRANSPARENT;
        }
        if (value.startsWith("#")) {
            return isHex(value.substring(1)) ? ofHex(value.substring(1)) : null;
        }
        int open = value.indexOf('(');
        if (open < 0) {
            // Without the number sign, it is a color only in quirks mode.
            return isHex(value) ? UNKNOWN : null;
        }
        List<String> parts = CssValue.arguments(value);
        String function = value.substring(0, open);
        boolean isHue = function.startsWith("hsl");
        if (!isHue && !function.startsWith("rgb") || parts.size() < 3 || value.indexOf('(', open + 1) > 0) {
            return UNKNOWN;
        }
        double alpha = parts.size() > 3 ? CssValue.fraction(parts.get(3)) : 1;
        double first = isHue ? CssValue.number(parts.get(0).replaceFirst("deg$", "")) : channel(parts.get(0));
        double second = isHue ? CssValue.fraction(parts.get(1)) : channel(parts.get(1));
        double third = isHue ? CssValue.fraction(parts.get(2)) : channel(parts.get(2));
        if (Double.isNaN(first + second + third + alpha)) {
            return UNKNOWN;
        }
        double opacity = Math.max(0, Math.min(1, alpha));
        return isHue
                ? ofHue(first, second, third, opacity)
                : new CssColor((int) first, (int) second, (int) third, opacity);
    }

    private static boolean isHex(String digits) {
        int length = digits.length();
        return (length == 3 || length == 4 || length == 6 || length == 8)
                && digits.chars().allMatch(letter -> Character.digit(letter, 16) >= 0);
    }

    private static CssColor ofHex(String digits) {
        boolean isShort = digits.length() < 6;
        int width = isShort ? 1 : 2;
        int[] channels = new int[digits.length() / width];
        for (int i = 0; i < channels.length; i++) {
            int channel = Integer.parseInt(digits.substring(i * width, (i + 1) * width), 16);
            channels[i] = isShort ? channel * 17 : channel;
        }
        return new CssColor(channels[0], channels[1], channels[2], channels.length > 3 ? channels[3] / 255.0 : 1);
    }

    private static double channel(String part) {
        double value = part.endsWith("%") ? CssValue.fraction(part) * 255 : CssValue.number(part);
        return Double.isNaN(value) ? value : Math.round(Math.max(0, Math.min(255, value)));
    }

    private static CssColor ofHue(double hue, double saturation, double lightness, double alpha) {
        double chroma = saturation * Math.min(lightness, 1 - lightness);
        int[] channels = new int[3];
        for (int i = 0; i < 3; i++) {
            double k = (((i == 0 ? 0 : i == 1 ? 8 : 4) + hue / 30) % 12 + 12) % 12;
            channels[i] =
                    (int) Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(Math.min(k - 3, 9 - k), 1))));
        }
        return new CssColor(channels[0], channels[1], channels[2], alpha);
    }

    boolean isKnown() {
        return !Double.isNaN(alpha);
    }

    /** Returns this color as it looks on another one. */
    CssColor over(CssColor below) {
        if (!isKnown() || alpha == 1) {
            return this;
        }
        return !below.isKnown()
                ? alpha == 0 ? below : UNKNOWN
                : new CssColor(mixed(red, below.red), mixed(green, below.green), mixed(blue, below.blue), below.alpha);
    }

    private int mixed(int above, int below) {
        return (int) Math.round(above * alpha + below * (1 - alpha));
    }

    /** Whether text of this color cannot be distinguished from its background; false if unknown. */
    boolean isLost(CssColor background, double opacity) {
        if (!isKnown() || Double.isNaN(opacity)) {
            return false;
        }
        double strength = alpha * opacity;
        if (strength * 255 <= SAME) {
            return true;
        }
        if (!background.isKnown()) {
            return false;
        }
        int apart = Math.max(
                Math.abs(red - background.red),
                Math.max(Math.abs(green - background.green), Math.abs(blue - background.blue)));
        return apart * strength <= SAME;
    }
}
