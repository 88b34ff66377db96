package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Builds text from words and line breaks. Runs of white space become one space, runs of empty lines become one. */
public final class PlainTextWriter {

    private static final int BLANK_LINE = 2;
    private static final int DEEPEST_QUOTE = 8;
    private static final String STRUCK = "~~";

    private final StringBuilder text = new StringBuilder();
    /** Marks that are written before the next word. */
    private final StringBuilder opened = new StringBuilder();
    /** Preserved white space before the next word. */
    private final StringBuilder blanks = new StringBuilder();

    private int quotes;
    private String prefix = "";
    private int breaks;
    private boolean blank;
    /** Cell borders before the next word, including those of empty cells, so that values stay in their column. */
    private int borders;
    /** Whether this row has no words yet. */
    private boolean emptyRow;
    /** Whether a row of a nested table has just ended; the next cell does not belong to it. */
    private boolean afterRow;
    /** Whether a list mark or cell border was just written; a line break would separate it from its text. */
    private boolean held;
    /** Whether one of the marks before the next word has a closing mark. */
    private boolean wraps;
    /** Whether the next words are struck through. */
    private boolean struck;
    /** Whether the last word was struck through and its closing mark is not written yet. */
    private boolean striking;
    /** Where words come from; null unless that is recorded. */
    private @Nullable List<Run> runs;

    private @Nullable TextNode source;

    /**
     * Words of a text node.
     *
     * @param start where they begin in the text
     * @param end where they end
     * @param offset where they begin in the node
     */
    record Run(int start, int end, TextNode node, int offset) {}

    /** Records from now on where words come from. */
    void record() {
        runs = new ArrayList<>();
    }

    /** Where the words of the text come from, in order; marks come from nowhere. */
    List<Run> runs() {
        return runs == null ? List.of() : runs;
    }

    /** Returns the text before white space at its ends is removed. */
    String whole() {
        return text.toString();
    }

    /** Sets the node of the next words; null if they are not those of one node. */
    void from(@Nullable TextNode node) {
        source = node;
    }

    private void append(String words, int start, int end, int offset) {
        text.append(words, start, end);
        if (runs != null && source != null) {
            runs.add(new Run(text.length() - (end - start), text.length(), source, offset));
        }
    }

    /** Writes words and collapses white space, as HTML does. */
    void say(String words) {
        int at = 0;
        while (at < words.length()) {
            int end = endOfWords(words, at);
            if (end > at) {
                flush();
                append(words, at, end, at);
                at = end;
            } else {
                blank = true;
                at++;
            }
        }
    }

    /** Returns where a run of words that are separated by single blanks ends; such a run is written as it is. */
    private static int endOfWords(String words, int start) {
        int end = start;
        while (end < words.length()
                && (!isSpace(words.charAt(end))
                        || words.charAt(end) == ' '
                                && end > start
                                && end + 1 < words.length()
                                && !isSpace(words.charAt(end + 1)))) {
            end++;
        }
        return end;
    }

    /** No character outside of the basic plane is a space. */
    private static boolean isSpace(char letter) {
        boolean isVisibleAscii = letter > ' ' && letter < 0x7F;
        return !isVisibleAscii && (Character.isWhitespace(letter) || Character.isSpaceChar(letter));
    }

    /** Writes words and preserves white space. */
    void sayAsIs(String words) {
        String[] lines = words.split("\r?\n", -1);
        int at = 0;
        for (int i = 0; i < lines.length; i++) {
            at = words.indexOf(lines[i], at) + lines[i].length();
            if (i > 0) {
                breaks = Math.min(breaks + 1, BLANK_LINE);
                blanks.setLength(0);
            }
            String line = lines[i].stripLeading();
            blanks.append(lines[i], 0, lines[i].length() - line.length());
            if (!line.isEmpty()) {
                flush();
                append(line, 0, line.length(), at - line.length());
            }
        }
    }

    /** Sets whether the next words are struck through; each line and each cell gets its own marks. */
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

    /** Writes a mark that the next text directly follows. */
    void mark(String mark) {
        boolean outer = struck;
        strike(false);
        flush();
        struck = outer;
        text.append(mark);
        blank = false;
        held = true;
    }

    /** Opens a mark that is written directly before the next word, after any white space. */
    void open(String mark) {
        opened.append(mark);
        wraps |= !mark.isEmpty();
    }

    /** Closes a mark; if no word was written since it was opened, neither mark is written. */
    void close(String opening, String closing) {
        int start = opened.length() - opening.length();
        if (start >= 0) {
            opened.setLength(start);
        } else if (!closing.isEmpty()) {
            endStrike();
            text.append(closing);
        }
    }

    /** Whether the last character is a digit and no white space is pending. */
    boolean endsInDigit() {
        return !text.isEmpty()
                && !blank
                && breaks == 0
                && borders == 0
                && Character.isDigit(text.charAt(text.length() - 1));
    }

    /** Requests this many line breaks, unless more are pending. */
    void endLine(int lines) {
        if (!held) {
            breaks = Math.max(breaks, lines);
        }
        blank = false;
        blanks.setLength(0);
    }

    /** Requests one more line break. */
    void newLine() {
        endLine(Math.min(breaks + 1, BLANK_LINE));
    }

    /** Begins the next cell of a row. */
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

    /** Ends a row, even if its last cells are empty. */
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
