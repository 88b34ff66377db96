package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selector: compounds such as {@code td.note}, and how they relate.
 *
 * @param compounds from left to right
 * @param combinators what is to the right of each compound but the last: {@code ' '}, {@code '>'}, {@code '+'}, {@code '~'}
 * @param specificity ids, classes and types as three numbers of eight bits
 * @param applies NO if it selects nothing that a reader sees without acting, such as {@code :hover}
 */
record CssSelector(List<CssCompound> compounds, String combinators, int specificity, CssTruth applies) {

    /** No mail has longer ones; the rest of the sheet is still read. */
    private static final int MOST_COMPOUNDS = 20;

    private static final int LONGEST = 500;

    private static final int MOST_OF_A_KIND = 255;

    /** The selectors of a list. */
    static List<String> list(String prelude) {
        List<String> selectors = new ArrayList<>();
        CssScanner css = new CssScanner(prelude);
        while (!css.isAtEnd()) {
            selectors.add(css.until(","));
            css.skip(1);
        }
        return selectors;
    }

    /** The compound on the right: the one that the element itself must match. */
    CssCompound subject() {
        return compounds.get(compounds.size() - 1);
    }

    /** Null if no browser would understand it, or it is longer than any mail's. */
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
