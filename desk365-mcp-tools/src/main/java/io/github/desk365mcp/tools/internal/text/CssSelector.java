package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selector: compounds such as {@code td.note}, and the combinators between them.
 *
 * @param compounds from left to right
 * @param combinators the combinator to the right of each compound except the last: {@code ' '}, {@code '>'},
 *     {@code '+'}, {@code '~'}
 * @param specificity ids, classes and types as three numbers of eight bits
 * @param applies NO if it matches only on interaction, such as {@code :hover}
 */
record CssSelector(List<CssCompound> compounds, String combinators, int specificity, CssTruth applies) {

    /** Longer selectors are ignored; no mail has them. */
    private static final int MOST_COMPOUNDS = 20;

    private static final int LONGEST = 500;

    private static final int MOST_OF_A_KIND = 255;

    /** Parses a list of selectors. */
    static List<String> list(String prelude) {
        if (prelude.indexOf(',') < 0) {
            return prelude.isEmpty() ? List.of() : List.of(prelude);
        }
        List<String> selectors = new ArrayList<>();
        CssScanner css = new CssScanner(prelude);
        while (!css.isAtEnd()) {
            selectors.add(css.until(","));
            css.skip(1);
        }
        return selectors;
    }

    /** Returns the rightmost compound, which the element itself must match. */
    CssCompound subject() {
        return compounds.get(compounds.size() - 1);
    }

    /** Parses a selector; returns null if browsers reject it or it is too long. */
    static @Nullable CssSelector parse(String selector) {
        if (selector.length() > LONGEST) {
            return null;
        }
        CssCompoundParser css = new CssCompoundParser(selector.strip());
        List<CssCompound> compounds = new ArrayList<>();
        StringBuilder combinators = new StringBuilder();
        while (true) {
            CssCompound compound = css.compound();
            if (compound == null || compounds.size() == MOST_COMPOUNDS) {
                return null;
            }
            compounds.add(compound);
            if (css.isAtEnd()) {
                break;
            }
            combinators.append(css.combinator());
        }
        int[] kinds = new int[3];
        CssTruth applies = CssTruth.YES;
        for (CssCompound compound : compounds) {
            compound.count(kinds);
            applies = applies.and(compound.applies());
        }
        int specificity = 0;
        for (int kind : kinds) {
            specificity = specificity << 8 | Math.min(kind, MOST_OF_A_KIND);
        }
        return new CssSelector(List.copyOf(compounds), combinators.toString(), specificity, applies);
    }
}
