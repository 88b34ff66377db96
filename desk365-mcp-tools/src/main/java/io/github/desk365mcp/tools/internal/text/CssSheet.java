package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the style sheets of a mail. Rules that browsers reject are left out, and so are rules that set no relevant
 * property.
 */
final class CssSheet {

    /** The most blocks to remember; generated sheets repeat a few. */
    private static final int MOST_BLOCKS = 1_000;

    private static final int LONGEST_KEY = 1_000;

    private final List<CssRule> rules;
    private final CssScanner css;
    private final Map<String, List<CssDeclaration>> blocks = new HashMap<>();
    /** Whether the conditions around the next rule are met. */
    private final Deque<CssTruth> conditions = new ArrayDeque<>();

    private CssSheet(String css, CssTruth applies, List<CssRule> rules) {
        this.css = new CssScanner(css);
        this.rules = rules;
        conditions.push(applies);
    }

    /** Adds the rules of a sheet after those of the previous sheets. */
    static void read(String css, String media, List<CssRule> rules) {
        CssTruth applies = CssMedia.applies(media);
        if (applies != CssTruth.NO) {
            new CssSheet(css, applies, rules).read();
        }
    }

    private void read() {
        for (css.skipBlanks(); !css.isAtEnd(); css.skipBlanks()) {
            char next = css.peek();
            if (next == '}') {
                css.skip(1);
                if (conditions.size() > 1) {
                    conditions.pop();
                }
            } else if (next == '@') {
                atRule();
            } else {
                rule();
            }
        }
    }

    private void atRule() {
        String prelude = css.until(";{}");
        if (css.isAtEnd() || css.peek() == '}') {
            return;
        }
        boolean hasBlock = css.peek() == '{';
        css.skip(1);
        if (!hasBlock) {
            return;
        }
        CssTruth condition = condition(prelude);
        if (condition == null || condition == CssTruth.NO) {
            css.until("}");
            css.skip(1);
        } else {
            conditions.push(condition.and(conditions.element()));
        }
    }

    /** Returns the condition of an at-rule that contains rules; null if it contains none. */
    private static @Nullable CssTruth condition(String prelude) {
        int end = 1;
        while (end < prelude.length() && (Character.isLetter(prelude.charAt(end)) || prelude.charAt(end) == '-')) {
            end++;
        }
        return switch (Ascii.lower(prelude.substring(1, end))) {
            case "media" -> CssMedia.applies(prelude.substring(end));
            case "supports", "layer", "container", "scope", "-moz-document", "starting-style" -> CssTruth.MAYBE;
            default -> null;
        };
    }

    private List<CssDeclaration> declarations(String block) {
        List<CssDeclaration> known = blocks.get(block);
        if (known == null) {
            known = CssDeclaration.parse(block);
            if (blocks.size() < MOST_BLOCKS && block.length() <= LONGEST_KEY) {
                blocks.put(block, known);
            }
        }
        return known;
    }

    private void rule() {
        String prelude = css.until("{}");
        if (css.isAtEnd() || css.peek() == '}') {
            return;
        }
        css.skip(1);
        String block = css.until("}");
        css.skip(1);
        CssTruth applies = conditions.element();
        List<CssDeclaration> declarations = declarations(block);
        if (declarations.isEmpty()) {
            return;
        }
        List<CssSelector> selectors = new ArrayList<>();
        for (String selector : CssSelector.list(prelude)) {
            CssSelector parsed = CssSelector.parse(selector);
            if (parsed == null) {
                // One invalid selector makes the whole rule invalid.
                return;
            }
            selectors.add(parsed);
        }
        for (CssSelector selector : selectors) {
            if (selector.applies() != CssTruth.NO) {
                rules.add(new CssRule(selector, declarations, applies.and(selector.applies()), rules.size()));
            }
        }
    }
}
