package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a passage of a stored body by its text as read. All of the HTML except the words that differ stays as it is:
 * words that both texts have keep their markup, and new words get the markup of the first word that they replace. An element
 * that loses all of its text is removed.
 */
public final class PassageEditor {

    /** More comparisons of words than this are not worth finding the words that two passages share. */
    private static final long MOST_COMPARISONS = 4_000_000;

    private static final int CONTEXT = 40;

    /** Elements around one word; more of them stay when they are empty. */
    private static final int MOST_NESTED = 20;

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+|[\\s\\p{Z}]+|.", Pattern.DOTALL);

    /** What a text has in place of a link's target or an image. */
    private static final Pattern TARGET = Pattern.compile("\\bhttps?:|\\bmailto:|\\btel:|\\[image\\b|\\]\\(");

    private static final Pattern END_TAGS = Pattern.compile(
            "(?:\\s*</(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|s|small|span|strike|strong|sub|sup|tt|u)\\s*>)+",
            Pattern.CASE_INSENSITIVE);

    /** Replaces deleted words, to find the elements that have no words left. */
    private static final char HOLE = '\uFFFF';

    private static final Pattern EMPTIED = Pattern.compile(
            "<(a|abbr|b|big|blockquote|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|i|ins|kbd|li|mark|ol|p|q|s|small|span|"
                    + "strike|strong|sub|sup|tt|u|ul)(?:\\s[^<>]*)?>[\\s&&[^\uFFFF]]*\uFFFF[\\s\uFFFF]*</\\1\\s*>",
            Pattern.CASE_INSENSITIVE);

    private final EditableBody body;
    private final TreeMap<Integer, String> inserted = new TreeMap<>();
    private final boolean[] deleted;

    /** How many spaces of the text are deleted after a letter. */
    private final Map<Integer, Integer> deletedSpaces = new HashMap<>();

    /** The letters after which all spaces are deleted. */
    private final List<Integer> joined = new ArrayList<>();

    private final Map<Integer, String> before = new HashMap<>();
    private final Map<Integer, String> after = new HashMap<>();
    private boolean changes;

    private PassageEditor(EditableBody body) {
        this.body = body;
        this.deleted = new boolean[body.letters().count()];
    }

    /**
     * A changed body.
     *
     * @param html the whole body
     * @param from the changed part of the text as it was, with a few words around it
     * @param to the same part as it is now
     */
    public record Edited(String html, String from, String to) {}

    /**
     * Replaces a passage.
     *
     * @param html a stored body
     * @param old the passage as read
     * @param fresh its replacement; plain text
     * @throws PassageException if the passage is not there exactly once, or cannot be replaced
     */
    public static Edited replace(String html, String old, String fresh) {
        EditableBody body = new EditableBody(html);
        PassageEditor editor = new PassageEditor(body);
        editor.mark(old, fresh);
        String edited = editor.result();
        EditableBody now = new EditableBody(edited);
        // Also notices text that the parser would read as something else at its new place.
        if (!now.visibleText().equals(editor.expected())) {
            throw PassageException.irregular();
        }
        if (now.marks() > body.marks()) {
            throw PassageException.of(
                    "The passage is the text of a link that shows its own address, which would not change. Send the whole"
                            + " text to change both.");
        }
        return difference(edited, body.shown(), now.shown());
    }

    private static Edited difference(String html, String before, String after) {
        int most = Math.min(before.length(), after.length());
        int start = 0;
        while (start < most && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < most - start
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        return new Edited(html, part(before, start, before.length() - end), part(after, start, after.length() - end));
    }

    private static String part(String text, int start, int end) {
        int from = wordStart(text, Math.max(0, start - CONTEXT), start);
        int to = wordEnd(text, Math.min(text.length(), end + CONTEXT), end);
        return (from > 0 ? "…" : "") + text.substring(from, to).strip() + (to < text.length() ? "…" : "");
    }

    private static int wordStart(String text, int from, int most) {
        int at = from;
        while (at > 0 && at < most && !FoldedText.isSpace(text.charAt(at - 1))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int to, int least) {
        int at = to;
        while (at < text.length() && at > least && !FoldedText.isSpace(text.charAt(at))) {
            at--;
        }
        return at;
    }

    /**
     * A word, a run of white space, another character, or a whole mark.
     *
     * @param start where it begins in the folded text
     * @param end where it ends there
     */
    private record Token(String text, int start, int end) {

        private static Token of(List<Token> parts) {
            return new Token(
                    String.join("", parts.stream().map(Token::text).toList()),
                    parts.get(0).start(),
                    parts.get(parts.size() - 1).end());
        }
    }

    /** Joins the tokens of each mark, such as the target of a link, with the white space around it. */
    private static List<Token> joined(List<Token> olds, EditableBody.Place place, List<List<String>> marks) {
        List<Token> joined = new ArrayList<>();
        int at = 0;
        while (at < olds.size()) {
            int end = at;
            while (end < olds.size() && hasNoLetter(olds.get(end), place)) {
                end++;
            }
            List<Token> run = olds.subList(at, Math.max(end, at + 1));
            List<String> texts = run.stream().map(Token::text).toList();
            if (end > at && !String.join("", texts).isBlank()) {
                joined.add(Token.of(run));
                marks.add(texts);
            } else {
                joined.addAll(run);
            }
            at += run.size();
        }
        return joined;
    }

    private static boolean hasNoLetter(Token token, EditableBody.Place place) {
        for (int i = place.start() + token.start(); i < place.start() + token.end(); i++) {
            if (place.text().letter(i) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Joins the tokens of the same marks in the new text. */
    private static List<Token> joined(List<Token> news, List<List<String>> marks) {
        List<String> texts = news.stream().map(Token::text).toList();
        List<Token> joined = new ArrayList<>();
        int at = 0;
        while (at < news.size()) {
            int length = 1;
            for (List<String> mark : marks) {
                int end = at + mark.size();
                if (mark.size() > length
                        && end <= texts.size()
                        && texts.subList(at, end).equals(mark)) {
                    length = mark.size();
                }
            }
            joined.add(Token.of(news.subList(at, at + length)));
            at += length;
        }
        return joined;
    }

    private static List<Token> tokens(String text, boolean isFolded) {
        List<Token> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (token.find()) {
            String one = token.group();
            boolean isSpace = FoldedText.isSpace(one.charAt(0));
            if (isSpace) {
                long lines = one.chars().filter(letter -> letter == '\n').count();
                one = lines == 0 ? " " : lines == 1 ? "\n" : "\n\n";
            }
            int length = isFolded && !isSpace ? FoldedText.of(one).length() : 1;
            if (length > 0) {
                tokens.add(new Token(one, at, at + length));
                at += length;
            }
        }
        return tokens;
    }

    private void mark(String given, String fresh) {
        if (PlainBody.isHtml(fresh)) {
            throw PassageException.of(
                    "new has HTML tags, which readers would see: it is plain text. Send the whole text"
                            + " to change markup.");
        }
        String old = stripped(given);
        String replacement = FoldedText.isSpace(given.isEmpty() ? 'x' : given.charAt(0)) ? fresh.stripLeading() : fresh;
        if (FoldedText.isSpace(given.isEmpty() ? 'x' : given.charAt(given.length() - 1))) {
            replacement = replacement.stripTrailing();
        }
        FoldedText folded = FoldedText.of(old);
        if (folded.length() == 0) {
            throw PassageException.of("old is empty.");
        }
        EditableBody.Place place = body.find(folded, given);
        List<List<String>> marks = new ArrayList<>();
        List<Token> olds = joined(tokens(old, true), place, marks);
        List<Token> news = joined(tokens(replacement, false), marks);
        int[] partners = partners(olds, news);
        int next = 0;
        int i = 0;
        while (i <= olds.size()) {
            int from = i;
            while (i < olds.size() && partners[i] < 0) {
                i++;
            }
            int end = i < olds.size() ? partners[i] : news.size();
            if (i > from || end > next) {
                StringBuilder words = new StringBuilder();
                news.subList(next, end).forEach(token -> words.append(token.text()));
                change(place, olds, from, i, words.toString());
            }
            next = end + 1;
            i++;
        }
        if (!changes) {
            throw PassageException.of(
                    "old and new differ in nothing but white space or marks; paragraphs and list items cannot be joined"
                            + " or split this way.");
        }
    }

    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text, start)) {
            start++;
        }
        while (end > start && isBlank(text, end - 1)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(String text, int index) {
        return FoldedText.isSpace(text.charAt(index)) || FoldedText.isInvisible(text, index);
    }

    /** Returns the index of the equal new token for each old token that stays; -1 for one that does not. */
    private static int[] partners(List<Token> olds, List<Token> news) {
        int[] partners = new int[olds.size()];
        Arrays.fill(partners, -1);
        int start = 0;
        while (start < Math.min(olds.size(), news.size()) && isSame(olds, start, news, start)) {
            partners[start] = start;
            start++;
        }
        int ends = 0;
        while (ends < Math.min(olds.size(), news.size()) - start
                && isSame(olds, olds.size() - 1 - ends, news, news.size() - 1 - ends)) {
            ends++;
            partners[olds.size() - ends] = news.size() - ends;
        }
        int rows = olds.size() - ends - start;
        int columns = news.size() - ends - start;
        if ((long) rows * columns > MOST_COMPARISONS) {
            return partners;
        }
        // The length of the longest common sequence of what follows.
        int[][] common = new int[rows + 1][columns + 1];
        for (int row = rows - 1; row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                common[row][column] = isSame(olds, start + row, news, start + column)
                        ? common[row + 1][column + 1] + 1
                        : Math.max(common[row + 1][column], common[row][column + 1]);
            }
        }
        int row = 0;
        int column = 0;
        while (row < rows && column < columns) {
            if (isSame(olds, start + row, news, start + column)) {
                partners[start + row++] = start + column++;
            } else if (common[row + 1][column] >= common[row][column + 1]) {
                row++;
            } else {
                column++;
            }
        }
        return partners;
    }

    private static boolean isSame(List<Token> olds, int old, List<Token> news, int fresh) {
        return olds.get(old).text().equals(news.get(fresh).text());
    }

    /** Replaces the old tokens from one index to another by words. */
    private void change(EditableBody.Place place, List<Token> olds, int from, int end, String words) {
        FoldedText text = place.text();
        int first = -1;
        boolean hasMark = false;
        for (Token token : olds.subList(from, end)) {
            for (int i = place.start() + token.start(); i < place.start() + token.end(); i++) {
                int letter = text.letter(i);
                if (letter >= 0) {
                    deleted[letter] = true;
                    first = first < 0 ? letter : first;
                } else if (text.charAt(i) == ' ') {
                    deleteSpace(text, i);
                } else {
                    hasMark = true;
                }
            }
        }
        if (hasMark && TARGET.matcher(words).find()) {
            throw PassageException.of(
                    "Only text can be replaced this way, not the target of a link or an image. Send the whole text.");
        }
        if (!words.isEmpty()) {
            insert(place, olds, from, first, words);
        }
        changes |= first >= 0 || !words.isBlank();
    }

    /**
     * Deletes the white space between the letters around a position, also where tags are between them. The text may have two
     * spaces for it, before and after a mark; then both must be deleted.
     */
    private void deleteSpace(FoldedText text, int index) {
        int left = next(text, index, -1);
        if (left < 0 || next(text, index, 1) != left + 1) {
            return;
        }
        int from = index;
        while (text.letter(from) < 0) {
            from--;
        }
        int spaces = 0;
        for (int i = from + 1; text.letter(i) < 0; i++) {
            spaces += text.charAt(i) == ' ' ? 1 : 0;
        }
        if (deletedSpaces.merge(left, 1, Integer::sum) == spaces) {
            joined.add(left);
        }
    }

    /** Returns the next letter in a direction; -1 if there is none. */
    private static int next(FoldedText text, int index, int step) {
        for (int i = index; i >= 0 && i < text.length(); i += step) {
            if (text.letter(i) >= 0) {
                return text.letter(i);
            }
        }
        return -1;
    }

    private void insert(EditableBody.Place place, List<Token> olds, int from, int first, String words) {
        FoldedText text = place.text();
        int start = place.start() + (from < olds.size() ? olds.get(from).start() : place.end() - place.start());
        String letters = FoldedText.of(words).toString().replace(" ", "");
        int left = next(text, start - 1, -1);
        boolean isInside = from > 0 || from == olds.size();
        if (first >= 0 || left < 0 || !isInside) {
            int letter = first >= 0 ? first : next(text, start, 1);
            inserted.merge(body.letters().range(letter).start(), written(words), String::concat);
            before.merge(letter, letters, String::concat);
            return;
        }
        // The position after the last word that stays; of markup, only what ends there is left.
        int at = body.letters().range(left).end();
        Matcher tags = END_TAGS.matcher(body.html()).region(at, body.html().length());
        if (body.isHtml() && tags.lookingAt()) {
            at = tags.end();
        }
        if (from > 0 && text.charAt(place.start() + olds.get(from - 1).end() - 1) == ' ') {
            while (at < body.html().length() && FoldedText.isSpace(body.html().charAt(at))) {
                at++;
            }
        }
        inserted.merge(at, written(words), String::concat);
        after.merge(left, letters, String::concat);
    }

    private String written(String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return body.isHtml() ? escaped.replace("\n", "<br>") : escaped;
    }

    private String result() {
        String html = body.html();
        TreeMap<Integer, Integer> cuts = new TreeMap<>();
        for (int letter = 0; letter < deleted.length; letter++) {
            HtmlTags.Range range = body.letters().range(letter);
            if (deleted[letter]) {
                cuts.put(range.start(), range.end());
            } else if (cuts.containsKey(range.start())) {
                // One character reference for several letters.
                throw PassageException.irregular();
            }
        }
        if (html.indexOf(HOLE) >= 0) {
            throw PassageException.irregular();
        }
        joined.forEach(
                letter -> body.letters().spaceAfter(letter).forEach(space -> cuts.put(space.start(), space.end())));
        StringBuilder edited = new StringBuilder(html.length());
        int at = 0;
        while (at <= html.length()) {
            String words = inserted.get(at);
            if (words != null) {
                edited.append(words);
            }
            Integer end = cuts.get(at);
            if (end != null) {
                edited.append(HOLE);
                at = Math.max(at + 1, end);
            } else {
                if (at < html.length()) {
                    edited.append(html.charAt(at));
                }
                at++;
            }
        }
        return withoutHoles(edited.toString());
    }

    /** Removes the elements that have no text left. */
    private static String withoutHoles(String html) {
        String edited = html;
        String fewer = EMPTIED.matcher(edited).replaceAll(String.valueOf(HOLE));
        for (int depth = 1; depth < MOST_NESTED && !fewer.equals(edited); depth++) {
            edited = fewer;
            fewer = EMPTIED.matcher(edited).replaceAll(String.valueOf(HOLE));
        }
        return fewer.replace(String.valueOf(HOLE), "");
    }

    /** Returns the visible letters that the edited body must have. */
    private String expected() {
        StringBuilder all = new StringBuilder();
        String visible = body.visibleText();
        List<Integer> order = body.visible();
        for (int i = 0; i < order.size(); i++) {
            int letter = order.get(i);
            append(all, before.get(letter));
            if (!deleted[letter]) {
                all.append(visible.charAt(i));
            }
            append(all, after.get(letter));
        }
        return all.toString();
    }

    private static void append(StringBuilder all, @Nullable String words) {
        if (words != null) {
            all.append(words);
        }
    }
}
