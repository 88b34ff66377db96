package io.github.desk365mcp.tools;

/** Characters that a person does not see but a model reads: they can hide orders, or turn a text around. */
final class Invisible {

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

    static boolean is(int point) {
        if (point < 0x80) {
            return point < 0x20 && point != '\n' && point != '\r' && point != '\t' || point == 0x7F;
        }
        return switch (point) {
            case 0x00AD,
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
