package io.github.desk365mcp.tools.internal.text;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Folds the quotations in a mail's text: lines after angle brackets, and everything below the header of a quoted mail. */
final class PlainHistory {

    private static final int LONGEST_HEADER = 8;
    private static final int FEWEST_LABELS = 2;

    private final List<String> lines;
    private final History.@Nullable Label[] labels;
    private final boolean[] folded;
    private final boolean brackets;

    private PlainHistory(List<String> lines, boolean brackets) {
        this.lines = lines;
        this.labels = new History.Label[lines.size()];
        this.folded = new boolean[lines.size()];
        this.brackets = brackets;
    }

    /**
     * Returns the text without its quotations, and with a mark that counts the characters left out.
     *
     * @param before the number of characters that were left out before
     * @param brackets whether lines after angle brackets are quotations; false if they may be the author's own text
     */
    static String fold(String text, int before, boolean brackets) {
        PlainHistory history = new PlainHistory(text.lines().toList(), brackets);
        if (!history.find()) {
            return text + mark(before);
        }
        String said = history.text(false);
        String quoted = history.text(true);
        if (quoted.isEmpty() || History.isForwarded(said, quoted)) {
            return text + mark(before);
        }
        return said + mark(before + quoted.length());
    }

    private static String mark(int folded) {
        return folded == 0 ? "" : "\n[quoted history folded, " + folded + " characters; body_format markdown shows it]";
    }

    private String text(boolean quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < folded.length; i++) {
            if (folded[i] == quoted) {
                text.append(lines.get(i)).append('\n');
            }
        }
        // Removed quotations leave empty lines.
        return text.toString().strip().lines().collect(Collectors.joining("\n")).replaceAll("\n{3,}", "\n\n");
    }

    /** Finds the quotations; returns whether there are any. */
    private boolean find() {
        boolean found = false;
        for (int i = 0; i < folded.length; i++) {
            String line = lines.get(i);
            if (isBracketed(i)) {
                int end = endOfBracketed(i);
                int from = attribution(i);
                if (brackets && (from < i || end - i > 1)) {
                    fold(from, end);
                    found = true;
                }
                i = end - 1;
            } else if (History.beginsForwarded(line)) {
                return found;
            } else if (History.beginsOriginal(line) && hasMore(i) || isHeader(i)) {
                i = foldMessage(i) - 1;
                found = true;
            }
        }
        return found;
    }

    /**
     * Whether the header of a quoted mail begins here: the sender and at least two more lines, one of them with a subject
     * or an address. "From:" and "To:" alone may describe a journey.
     */
    private boolean isHeader(int from) {
        if (!label(from).isSender()) {
            return false;
        }
        int found = 0;
        int looked = 0;
        boolean isMail = lines.get(from).indexOf('@') > 0;
        for (int i = from + 1; i < lines.size() && looked < LONGEST_HEADER; i++) {
            if (!lines.get(i).isBlank()) {
                looked++;
                found += label(i).isOther() ? 1 : 0;
                isMail |= label(i).isSubject();
            }
        }
        return isMail && found >= FEWEST_LABELS;
    }

    private History.Label label(int index) {
        History.Label known = labels[index];
        if (known == null) {
            known = History.Label.of(lines.get(index));
            labels[index] = known;
        }
        return known;
    }

    private boolean hasMore(int index) {
        return index + 1 < folded.length;
    }

    /** Folds this header and the message below it, up to the last line in brackets, or to the end if there is none. */
    private int foldMessage(int from) {
        int start = from;
        while (start > 0 && isRule(lines.get(start - 1))) {
            start--;
        }
        int at = from;
        int blanks = 0;
        while (at < folded.length && !isBracketed(at) && blanks < 2 && at - from < 12) {
            blanks += lines.get(at).isBlank() ? 1 : 0;
            at++;
        }
        int end = brackets && at < folded.length && isBracketed(at) ? endOfBracketed(at) : folded.length;
        fold(start, end);
        return end;
    }

    private static boolean isRule(String line) {
        String rule = line.strip();
        return rule.isEmpty() || rule.chars().allMatch(letter -> letter == '_' || letter == '-' || letter == '*');
    }

    private void fold(int from, int to) {
        for (int i = from; i < to; i++) {
            folded[i] = true;
        }
    }

    private boolean isBracketed(int index) {
        String line = lines.get(index).stripLeading();
        return line.startsWith(">") || line.startsWith("|>");
    }

    /** Returns the line after a quotation; empty lines inside are part of it. */
    private int endOfBracketed(int from) {
        int end = from;
        for (int i = from; i < folded.length && (isBracketed(i) || lines.get(i).isBlank()); i++) {
            end = isBracketed(i) ? i + 1 : end;
        }
        return end;
    }

    /** Returns the first line of the sentence that says who is quoted; the line itself if there is no such sentence. */
    private int attribution(int index) {
        int line = index - 1;
        while (line >= 0 && lines.get(line).isBlank()) {
            line--;
        }
        if (line < 0 || folded[line]) {
            return index;
        }
        if (History.isAttribution(lines.get(line))) {
            // Mail programs break long lines.
            boolean isHalf = line > 0
                    && !lines.get(line - 1).isBlank()
                    && !folded[line - 1]
                    && lines.get(line).strip().length() < 60
                    && startsAttribution(lines.get(line - 1));
            return isHalf ? line - 1 : line;
        }
        return line > 0
                        && History.isAttribution(lines.get(line - 1) + " " + lines.get(line))
                        && startsAttribution(lines.get(line - 1))
                ? line - 1
                : index;
    }

    private static boolean startsAttribution(String line) {
        return line.length() > 40 && History.hasDigit(line);
    }
}
