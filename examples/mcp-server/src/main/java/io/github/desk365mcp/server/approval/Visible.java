package io.github.desk365mcp.server.approval;

/** Shows characters that a person would not see, or that change the direction of text, by their code. */
final class Visible {

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Scripts that are written without joiners end before Arabic. */
    private static final int ARABIC = 0x0600;

    private Visible() {}

    static String of(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        int before = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int after = at < text.length() ? text.codePointAt(at) : 0;
            if (isHidden(point) && !(isJoiner(point) && before >= ARABIC && after >= ARABIC)) {
                if (point != '\r' || after != '\n') {
                    seen.append(String.format("[U+%04X]", point));
                }
            } else {
                seen.appendCodePoint(point);
            }
            before = point;
        }
        return seen.toString();
    }

    private static boolean isJoiner(int point) {
        return point == NON_JOINER || point == JOINER;
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            // Characters that most fonts draw as nothing.
            default ->
                point == 0x034F
                        || point == 0x115F
                        || point == 0x1160
                        || point == 0x17B4
                        || point == 0x17B5
                        || point >= 0x180B && point <= 0x180F
                        || point == 0x2800
                        || point == 0x3164
                        || point >= 0xFE00 && point <= 0xFE0F
                        || point == 0xFFA0
                        || point >= 0xE0100 && point <= 0xE01EF;
        };
    }
}
