package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.text.CustomFieldName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that one account has of its own: statuses, types, groups, categories, agents, forms, custom fields.
 *
 * <p>Desk365 lists few of them, so a host may say them. Definitions then carry them as enums, and a word that is not
 * among them is refused before it leaves. What is left empty stays free. Immutable; each method answers a copy.
 *
 * <pre>{@code
 * Policy policy = Policy.of(Selection.triage())
 *         .vocabulary(Vocabulary.none()
 *                 .statuses("Open", "Pending", "Waiting for parts", "Resolved", "Closed")
 *                 .category("Network", "VPN", "Wi-Fi"));
 * }</pre>
 */
public final class Vocabulary {

    private static final Vocabulary NONE = new Vocabulary(new EnumMap<>(VocabularyKind.class), Map.of());
    private static final Set<VocabularyKind> GIVEN = Set.of(
            VocabularyKind.STATUS,
            VocabularyKind.TYPE,
            VocabularyKind.GROUP,
            VocabularyKind.CATEGORY,
            VocabularyKind.AGENT,
            VocabularyKind.FORM,
            VocabularyKind.CUSTOM_FIELD);

    private final Map<VocabularyKind, List<String>> words;
    private final Map<String, List<String>> subcategories;

    private Vocabulary(Map<VocabularyKind, List<String>> words, Map<String, List<String>> subcategories) {
        this.words = words;
        this.subcategories = subcategories;
    }

    /** Nothing is said. */
    public static Vocabulary none() {
        return NONE;
    }

    /**
     * A vocabulary as data: lists under {@code statuses}, {@code types}, {@code groups}, {@code categories},
     * {@code agents}, {@code forms} and {@code custom_fields}. {@code categories} may be an object instead, with a list
     * of subcategories for each.
     *
     * @throws IllegalArgumentException if a key or a value means nothing
     */
    public static Vocabulary fromMap(Map<String, ?> data) {
        Vocabulary vocabulary = NONE;
        for (Map.Entry<String, Object> entry : new JsonDocument(data).toMap().entrySet()) {
            VocabularyKind topic = topic(entry.getKey());
            if (topic == VocabularyKind.CATEGORY && entry.getValue() instanceof Map<?, ?> categories) {
                for (Map.Entry<?, ?> category : categories.entrySet()) {
                    String name = String.valueOf(category.getKey());
                    vocabulary = vocabulary.category(name, texts(name, category.getValue()));
                }
            } else {
                vocabulary = vocabulary.with(topic, texts(entry.getKey(), entry.getValue()));
            }
        }
        return vocabulary;
    }

    private static VocabularyKind topic(String key) {
        Set<String> known = new TreeSet<>();
        for (VocabularyKind topic : GIVEN) {
            if (topic.plural().equals(key)) {
                return topic;
            }
            known.add(topic.plural());
        }
        throw new IllegalArgumentException(
                "A vocabulary has no key " + key + "; there are " + String.join(", ", known));
    }

    private static String[] texts(String key, Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.toArray(String[]::new);
        }
        throw new IllegalArgumentException(key + " of a vocabulary must be a list of texts");
    }

    /** The statuses that a ticket may have. */
    public Vocabulary statuses(String... all) {
        return with(VocabularyKind.STATUS, all);
    }

    /** The types that a ticket may have. */
    public Vocabulary types(String... all) {
        return with(VocabularyKind.TYPE, all);
    }

    /** The groups of agents. */
    public Vocabulary groups(String... all) {
        return with(VocabularyKind.GROUP, all);
    }

    /** One more category, and all its subcategories; with none of them said, they stay free. */
    public Vocabulary category(String name, String... itsSubcategories) {
        List<String> categories = new ArrayList<>(of(VocabularyKind.CATEGORY));
        categories.add(name);
        Map<String, List<String>> more = new LinkedHashMap<>(subcategories);
        more.put(name, List.of(itsSubcategories));
        return new Vocabulary(with(VocabularyKind.CATEGORY, categories.toArray(String[]::new)).words, more);
    }

    /** The addresses of the agents. */
    public Vocabulary agents(String... addresses) {
        return with(VocabularyKind.AGENT, addresses);
    }

    /** The ticket forms. */
    public Vocabulary forms(String... all) {
        return with(VocabularyKind.FORM, all);
    }

    /** The names of the custom fields, as tickets show them; {@code Site Name} is {@code cf_Site Name}. */
    public Vocabulary customFields(String... names) {
        return with(VocabularyKind.CUSTOM_FIELD, names);
    }

    private Vocabulary with(VocabularyKind topic, String... all) {
        Map<VocabularyKind, List<String>> changed = new EnumMap<>(words);
        changed.put(
                topic,
                Stream.of(all)
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .map(word -> topic == VocabularyKind.CUSTOM_FIELD ? CustomFieldName.of(word) : word)
                        .distinct()
                        .toList());
        return new Vocabulary(changed, subcategories);
    }

    /** All words for a topic; empty if they are free. */
    public List<String> of(VocabularyKind topic) {
        if (topic == VocabularyKind.SUBCATEGORY) {
            boolean complete = subcategories.values().stream().noneMatch(List::isEmpty)
                    && subcategories.keySet().containsAll(of(VocabularyKind.CATEGORY));
            return complete
                    ? subcategories.values().stream()
                            .flatMap(List::stream)
                            .distinct()
                            .toList()
                    : List.of();
        }
        return words.getOrDefault(topic, List.of());
    }

    /** The subcategories of one category; empty if they are free. */
    public List<String> subcategoriesOf(String category) {
        return subcategories.getOrDefault(category, List.of());
    }

    Map<String, List<String>> subcategories() {
        return subcategories;
    }

    /** How many words there are for what. */
    @Override
    public String toString() {
        return "Vocabulary["
                + words.entrySet().stream()
                        .map(entry ->
                                entry.getValue().size() + " " + entry.getKey().plural())
                        .collect(Collectors.joining(", "))
                + "]";
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Vocabulary vocabulary
                && words.equals(vocabulary.words)
                && subcategories.equals(vocabulary.subcategories);
    }

    @Override
    public int hashCode() {
        return words.hashCode() + subcategories.hashCode();
    }
}
