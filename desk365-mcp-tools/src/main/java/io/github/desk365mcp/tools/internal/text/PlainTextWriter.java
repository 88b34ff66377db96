package io.github.desk365mcp.tools.internal.text;

/** Text that grows by words and line breaks: runs of blanks become one, and never more than one line stays empty. */
public final class PlainTextWriter {

    private static final int BLANK_LINE = 2;
    private static final int DEEPEST_QUOTE = 8;
    private static final String STRUCK = "~~";

    private final StringBuilder text = new StringBuilder();
    /** Marks that stand before the next word. */
    private final StringBuilder opened = new StringBuilder();
    /** Blanks that count, before the next word. */
    private final StringBuilder blanks = new StringBuilder();

    private int quotes;
    private String prefix = "";
    private int breaks;
    private boolean blank;
    /** Borders of cells before the next word; those of empty cells too, lest values change their column. */
    private int borders;
    /** Nothing was said in this row. */
    private boolean emptyRow;
    /** Right behind the row of a table inside, which the next cell is no part of. */
    private boolean afterRow;
    /** Right after a list's mark or a cell's border, where a break would tear the two apart. */
    private boolean held;
    /** One of the marks before the next word has another behind its words. */
    private boolean wraps;
    /** The next words are struck through. */
    private boolean struck;
    /** The last word was struck through, and the mark behind it is still to be written. */
    private boolean striking;

    /** Words of HTML, where blanks and line breaks are all the same. */
    void say(String words) {
        words.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                blank = true;
            } else {
                flush();
                text.appendCodePoint(point);
            }
        });
    }

    /** Words in which blanks and line breaks count. */
    void sayAsIs(String words) {
        String[] lines = words.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                breaks = Math.min(breaks + 1, BLANK_LINE);
                blanks.setLength(0);
            }
            String line = lines[i].stripLeading();
            blanks.append(lines[i], 0, lines[i].length() - line.length());
            if (!line.isEmpty()) {
                flush();
                text.append(line);
            }
        }
    }

    /** Whether the next words are struck through; each line and each cell has marks of its own. */
    void strike(boolean begins) {
        if (!begins) {
            endStrike();
        }
        struck = begins;
    }

    private void endStrike() {
        if (striking) {
            text.append(STRUCK);
            striking = false;
        }
    }

    /** A mark of our own, with what follows right behind it. */
    void mark(String mark) {
        boolean outer = struck;
        strike(false);
        flush();
        struck = outer;
        text.append(mark);
        blank = false;
        held = true;
    }

    /** A mark of our own that stands right before the next word; blanks and breaks go before it. */
    void open(String mark) {
        opened.append(mark);
        wraps |= !mark.isEmpty();
    }

    /** The end of what a mark opened; neither is there if nothing was said since. */
    void close(String opening, String closing) {
        int start = opened.length() - opening.length();
        if (start >= 0) {
            opened.setLength(start);
        } else if (!closing.isEmpty()) {
            endStrike();
            text.append(closing);
        }
    }

    /** Whether the last character is a digit, with nothing due behind it. */
    boolean endsInDigit() {
        return !text.isEmpty()
                && !blank
                && breaks == 0
                && borders == 0
                && Character.isDigit(text.charAt(text.length() - 1));
    }

    /** A break of this many lines, unless a longer one is due. */
    void endLine(int lines) {
        if (!held) {
            breaks = Math.max(breaks, lines);
        }
        blank = false;
        blanks.setLength(0);
    }

    /** One break more. */
    void newLine() {
        endLine(Math.min(breaks + 1, BLANK_LINE));
    }

    /** The next cell of a row. */
    void nextCell() {
        if (!emptyRow && !afterRow) {
            breaks = 0;
        }
        borders++;
        held = true;
    }

    void beginRow() {
        endRow(false);
        emptyRow = true;
        held = true;
    }

    /** The end of a row, also where the last cells were empty. */
    void endRow(boolean hasCells) {
        borders = 0;
        afterRow = hasCells;
        held = false;
        endLine(1);
    }

    void quote(boolean begins) {
        quotes += begins ? 1 : -1;
        prefix = "> ".repeat(Math.min(quotes, DEEPEST_QUOTE));
    }

    private void flush() {
        if (breaks > 0 || borders > 0 || wraps) {
            endStrike();
        }
        if (text.isEmpty()) {
            text.append(prefix).append("| ".repeat(borders));
        } else if (borders > 0 && breaks == 0) {
            text.append(" |".repeat(borders)).append(' ');
        } else if (breaks > 0) {
            for (int i = 0; i < breaks; i++) {
                text.append('\n');
                text.append(i == breaks - 1 ? prefix : prefix.stripTrailing());
            }
            text.append("| ".repeat(borders));
        } else if (blank && !held && blanks.isEmpty()) {
            text.append(' ');
        }
        text.append(blanks).append(opened);
        if (struck && !striking) {
            text.append(STRUCK);
            striking = true;
        }
        blanks.setLength(0);
        opened.setLength(0);
        breaks = 0;
        blank = false;
        borders = 0;
        emptyRow = false;
        afterRow = false;
        held = false;
        wraps = false;
    }

    @Override
    public String toString() {
        return (striking ? text + STRUCK : text.toString()).strip();
    }
}
