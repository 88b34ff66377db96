package io.github.desk365mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Characters that a person does not see but a model reads: they can hide orders, or turn a text around. */
final class Invisible {

    private static final Pattern REFERENCE = Pattern.compile("&#([xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?");

    private Invisible() {}

    /** The text without them. Joiners stay: some scripts and emoji are written with them. */
    static String strip(String text) {
        if (text.codePoints().noneMatch(Invisible::is)) {
            return text;
        }
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints().filter(point -> !is(point)).forEach(seen::appendCodePoint);
        return seen.toString();
    }

    /** A JSON value without them in its texts; names of fields stay, since they are given back. */
    static Object stripIn(Object value) {
        if (value instanceof String text) {
            return strip(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> seen = new ArrayList<>();
            list.forEach(item -> seen.add(item == null ? null : stripIn(item)));
            return seen;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> seen = new LinkedHashMap<>();
            map.forEach((name, field) -> seen.put(String.valueOf(name), field == null ? null : stripIn(field)));
            return seen;
        }
        return value;
    }

    /** HTML without them, also where they are written as character references. */
    static String stripInHtml(String html) {
        return REFERENCE.matcher(strip(html)).replaceAll(reference -> {
            String digits = reference.group(1);
            int radix = digits.startsWith("x") || digits.startsWith("X") ? 16 : 10;
            int point = Integer.parseInt(radix == 16 ? digits.substring(1) : digits, radix);
            return is(point) ? "" : Matcher.quoteReplacement(reference.group());
        });
    }

    static boolean is(int point) {
        if (point < 0x80) {
            return point < 0x20 && point != '\n' && point != '\r' && point != '\t' || point == 0x7F;
        }
        return switch (point) {
            case 0x00AD,
                    0x2800,
                    0x034F,
                    0x061C,
                    0x115F,
                    0x1160,
                    0x17B4,
                    0x17B5,
                    0x180E,
                    0x200B,
                    0x200E,
                    0x200F,
                    0x3164,
                    0xFEFF,
                    0xFFA0 -> true;
            default ->
                point >= 0x80 && point < 0xA0
                        || point >= 0x202A && point <= 0x202E
                        || point >= 0x2060 && point <= 0x206F
                        || point >= 0xFFF9 && point <= 0xFFFB
                        || point >= 0xE0000 && point <= 0xE0FFF;
        };
    }
}
