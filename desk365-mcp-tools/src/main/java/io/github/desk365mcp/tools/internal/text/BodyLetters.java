package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a body's text, hidden ones included, and where each is in the HTML. Letters are the characters that are
 * not white space.
 */
final class BodyLetters {

    private static final Pattern REFERENCE = Pattern.compile("&(?:#[xX]?[0-9a-fA-F]{1,9}|[a-zA-Z][a-zA-Z0-9]{0,39});?");

    private final StringBuilder characters = new StringBuilder();
    private final List<HtmlTags.Range> ranges = new ArrayList<>();

    /** The characters that are letters. */
    private final List<Integer> letters = new ArrayList<>();

    /**
     * Reads the text of a body.
     *
     * @param texts the parts of the body that are text
     * @param isHtml whether character references are those of HTML, and not those that plain text may have
     */
    BodyLetters(String body, List<HtmlTags.Range> texts, boolean isHtml) {
        for (HtmlTags.Range text : texts) {
            Matcher reference = REFERENCE.matcher(body).region(text.start(), text.end());
            int at = text.start();
            while (reference.find()) {
                plain(body, at, reference.start());
                String written = reference.group();
                String read = isHtml ? Parser.unescapeEntities(written, false) : CharacterReferences.decode(written);
                if (read.equals(written)) {
                    plain(body, reference.start(), reference.end());
                } else {
                    read.chars().forEach(one -> add((char) one, reference.start(), reference.end()));
                }
                at = reference.end();
            }
            plain(body, at, text.end());
        }
    }

    private void plain(String body, int from, int end) {
        for (int i = from; i < end; i++) {
            add(body.charAt(i), i, i + 1);
        }
    }

    private void add(char one, int start, int end) {
        if (!FoldedText.isSpace(one)) {
            letters.add(characters.length());
        }
        characters.append(one);
        ranges.add(new HtmlTags.Range(start, end));
    }

    int count() {
        return letters.size();
    }

    /** Returns where a letter is in the HTML. */
    HtmlTags.Range range(int letter) {
        return ranges.get(letters.get(letter));
    }

    /** Returns where the white space between a letter and the next one is in the HTML. */
    List<HtmlTags.Range> spaceAfter(int letter) {
        int end = letter + 1 < letters.size() ? letters.get(letter + 1) : characters.length();
        return ranges.subList(letters.get(letter) + 1, end);
    }

    /**
     * Returns the letters of each text node, by the positions in its text; -1 for white space. Null if the parser has moved
     * or changed text, so that its nodes do not have the same letters in the same order.
     */
    @Nullable
    Map<TextNode, int[]> in(Element parsed) {
        Map<TextNode, int[]> nodes = new IdentityHashMap<>();
        int[] next = {0};
        boolean[] isSame = {true};
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode text) {
                            nodes.put(text, lettersOf(text.getWholeText()));
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {}

                    private int[] lettersOf(String text) {
                        int[] found = new int[text.length()];
                        for (int i = 0; i < found.length; i++) {
                            char one = text.charAt(i);
                            found[i] = FoldedText.isSpace(one) ? -1 : next[0]++;
                            isSame[0] &= found[i] < letters.size()
                                    && (found[i] < 0 || characters.charAt(letters.get(found[i])) == one);
                        }
                        return found;
                    }
                },
                parsed);
        return isSame[0] && next[0] == letters.size() ? nodes : null;
    }
}
