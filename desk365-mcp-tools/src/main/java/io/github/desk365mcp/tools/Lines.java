package io.github.desk365mcp.tools;

/** Text that grows by words and line breaks: runs of blanks become one, and never more than one line stays empty. */
final class Lines {

    private static final int BLANK_LINE = 2;

    private final StringBuilder text = new StringBuilder();
    private String prefix = "";
    private int breaks;
    private boolean blank;
    private boolean cell;
    /** Right after a list's mark or a cell's border, where a break would tear the two apart. */
    private boolean held;

    /** Words of HTML, where blanks and line breaks are all the same. */
    void say(String words) {
        words.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                blank = true;
            } else if (!Invisible.is(point)) {
                flush();
                text.appendCodePoint(point);
            }
        });
    }

    /** Words in which blanks and line breaks count. */
    void sayAsIs(String words) {
        String[] lines = Invisible.strip(words).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                breaks = Math.min(breaks + 1, BLANK_LINE);
            }
            if (!lines[i].isBlank()) {
                flush();
                text.append(lines[i]);
            }
        }
    }

    /** A mark of our own, with what follows right behind it. */
    void mark(String mark) {
        flush();
        text.append(mark);
        blank = false;
        held = true;
    }

    /** The end of what a mark began. */
    void close(String mark) {
        text.append(mark);
        held = false;
    }

    /** A break of this many lines, unless a longer one is due. */
    void endLine(int lines) {
        if (!held) {
            breaks = Math.max(breaks, lines);
        }
        blank = false;
    }

    /** One break more. */
    void newLine() {
        endLine(Math.min(breaks + 1, BLANK_LINE));
    }

    /** The next cell of a row. */
    void nextCell() {
        breaks = 0;
        cell = true;
        held = true;
    }

    /** The next row, also where the last cell was empty. */
    void nextRow() {
        cell = false;
        held = false;
        endLine(1);
    }

    void quote(boolean begins) {
        prefix = begins ? prefix + "> " : prefix.substring(2);
    }

    private void flush() {
        if (text.isEmpty()) {
            text.append(prefix);
        } else if (cell) {
            text.append(" | ");
        } else if (breaks > 0) {
            for (int i = 0; i < breaks; i++) {
                text.append('\n');
                text.append(i == breaks - 1 ? prefix : prefix.stripTrailing());
            }
        } else if (blank && !held) {
            text.append(' ');
        }
        breaks = 0;
        blank = false;
        cell = false;
        held = false;
    }

    @Override
    public String toString() {
        return text.toString().strip();
    }
}
