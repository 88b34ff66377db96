package io.github.desk365mcp.tools.internal.text;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Matches selectors from right to left, with a bound on the work. */
final class CssMatcher {

    private enum Match {
        YES,
        NO,
        /** No other ancestor can match either, because it has fewer ancestors. */
        NEVER
    }

    private final Map<Element, Set<String>> classes = new IdentityHashMap<>();
    private final CssPlace.Siblings siblings = new CssPlace.Siblings();
    private long left;

    CssMatcher(long work) {
        left = work;
    }

    boolean isExhausted() {
        return left <= 0;
    }

    void work(int amount) {
        left -= amount;
    }

    boolean matches(CssSelector selector, Element element) {
        return matches(selector, selector.compounds().size() - 1, element) == Match.YES;
    }

    Set<String> classes(Element element) {
        // Most elements have none and need no place in the map.
        return !element.hasAttr("class") ? Set.of() : classes.computeIfAbsent(element, CssCascade::classes);
    }

    /** Recurses over the selector, which is short. */
    private Match matches(CssSelector selector, int index, Element element) {
        CssCompound compound = selector.compounds().get(index);
        left -= compound.size();
        if (left <= 0) {
            return Match.NEVER;
        }
        Set<String> names = compound.looksAtClasses() ? classes(element) : Set.of();
        if (!compound.matches(element, names, siblings)) {
            return Match.NO;
        }
        if (index == 0) {
            return Match.YES;
        }
        char combinator = selector.combinators().charAt(index - 1);
        boolean up = combinator == ' ' || combinator == '>';
        boolean far = combinator == ' ' || combinator == '~';
        Element next = up ? element.parent() : siblings.before(element);
        while (next != null) {
            Match match = matches(selector, index - 1, next);
            if (match != Match.NO || !far) {
                return match;
            }
            next = up ? next.parent() : siblings.before(next);
        }
        return up ? Match.NEVER : Match.NO;
    }
}
