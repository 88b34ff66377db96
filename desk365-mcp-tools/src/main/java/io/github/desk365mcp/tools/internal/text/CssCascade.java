package io.github.desk365mcp.tools.internal.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Determines which properties are set for an element by its attributes, by the mail's style sheets, and by its own style.
 *
 * <p>The work on rules is bounded. At the limit, further rules are ignored, and {@link #isComplete} returns false.
 */
final class CssCascade {

    /** The most comparisons of a compound with an element, plus declarations applied. They take well under a second. */
    private static final long MOST_WORK = 2_000_000;

    /** The most cached styles; mails repeat a few styles often. */
    private static final int MOST_STYLES = 1_000;

    private static final int LONGEST_KEY = 1_000;

    private static final Comparator<CssRule> WEAKEST_FIRST = Comparator.comparingInt(
                    (CssRule rule) -> rule.selector().specificity())
            .thenComparingInt(CssRule::order);

    /** The rules by what an element must have to match: {@code #id}, {@code .class}, a tag, or nothing. */
    private final Map<String, List<CssRule>> rules = new HashMap<>();

    private final Map<String, List<CssDeclaration>> styles = new HashMap<>();
    private final CssMatcher matcher = new CssMatcher(MOST_WORK);

    CssCascade(List<CssRule> all) {
        for (CssRule rule : all) {
            rules.computeIfAbsent(key(rule.selector().subject()), key -> new ArrayList<>())
                    .add(rule);
        }
    }

    private static String key(CssCompound subject) {
        if (subject.id() != null) {
            return "#" + subject.id();
        }
        if (!subject.classes().isEmpty()) {
            return "." + subject.classes().get(0);
        }
        return subject.tag() == null ? "" : subject.tag();
    }

    /** Whether every rule was applied to each element that it matches. */
    boolean isComplete() {
        return !matcher.isExhausted();
    }

    Map<String, String> of(Element element) {
        Map<String, String> hints = DefaultStyle.ofAttributes(element);
        List<CssRule> matching = rules.isEmpty() || matcher.isExhausted() ? List.of() : matching(element);
        List<CssDeclaration> inline = inline(element.attr("style"));
        if (matching.isEmpty() && inline.isEmpty()) {
            return hints;
        }
        Map<String, String> set = new HashMap<>(hints);
        for (boolean important : new boolean[] {false, true}) {
            for (CssRule rule : matching) {
                apply(rule.declarations(), important, rule.applies() == CssTruth.MAYBE, set);
            }
            apply(inline, important, false, set);
        }
        return set;
    }

    private List<CssDeclaration> inline(String style) {
        if (style.isEmpty()) {
            return List.of();
        }
        List<CssDeclaration> known = styles.get(style);
        if (known == null) {
            known = CssDeclaration.parse(style);
            if (styles.size() < MOST_STYLES && style.length() <= LONGEST_KEY) {
                styles.put(style, known);
            }
        }
        return known;
    }

    private List<CssRule> matching(Element element) {
        List<CssRule> matching = new ArrayList<>();
        add(rules.get(""), element, matching);
        add(rules.get(element.normalName()), element, matching);
        if (!element.id().isEmpty()) {
            add(rules.get("#" + element.id()), element, matching);
        }
        for (String name : matcher.classes(element)) {
            add(rules.get("." + name), element, matching);
        }
        matching.sort(WEAKEST_FIRST);
        return matching;
    }

    private void add(@Nullable List<CssRule> candidates, Element element, List<CssRule> matching) {
        if (candidates == null) {
            return;
        }
        for (CssRule rule : candidates) {
            if (matcher.isExhausted()) {
                return;
            }
            if (matcher.matches(rule.selector(), element)) {
                matcher.work(2 * rule.declarations().size());
                matching.add(rule);
            }
        }
    }

    private static void apply(
            List<CssDeclaration> declarations, boolean important, boolean maybe, Map<String, String> set) {
        for (CssDeclaration declaration : declarations) {
            if (declaration.important() == important) {
                String value =
                        maybe ? CssReveal.valueOf(declaration.property(), declaration.value()) : declaration.value();
                if (value != null) {
                    set.put(declaration.property(), value);
                }
            }
        }
    }

    /** The names in a class attribute. */
    static Set<String> classes(Element element) {
        String names = element.attr("class");
        return names.isBlank() ? Set.of() : element.classNames();
    }
}
