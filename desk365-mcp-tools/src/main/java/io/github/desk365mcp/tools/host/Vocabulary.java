package io.github.desk365mcp.tools.host;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.text.CustomFieldName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words that one account defines: statuses, types, groups, categories, agents, forms, custom fields.
 *
 * <p>The service lists few of them, so a host may supply them. Definitions then have them as enums, and calls with
 * other words are refused before anything is sent. A list left empty accepts every word. Immutable; each method returns
 * a copy.
 *
 * <pre>{@code
 * Policy policy = Policy.of(Selection.triage())
 *         .vocabulary(Vocabulary.none()
 *                 .statuses("Open", "Pending", "Waiting for parts", "Resolved", "Closed")
 *                 .category("Network", "VPN", "Wi-Fi"));
 * }</pre>
 */
public final class Vocabulary {

    private static final List<String> KEYS =
            List.of("statuses", "types", "groups", "categories", "agents", "forms", "custom_fields");
    private static final Vocabulary NONE = new Vocabulary(Map.of(), Map.of());

    /** By key, without the categories; no list is empty. */
    private final Map<String, List<String>> words;

    /** The subcategories of each category; an empty list accepts every word. */
    private final Map<String, List<String>> categories;

    private Vocabulary(Map<String, List<String>> words, Map<String, List<String>> categories) {
        this.words = words;
        this.categories = categories;
    }

    /** {@return an empty vocabulary, which accepts every word} */
    public static Vocabulary none() {
        return NONE;
    }

    /**
     * Reads a vocabulary from data.
     *
     * @param data lists under {@code statuses}, {@code types}, {@code groups}, {@code categories}, {@code agents},
     *     {@code forms} and {@code custom_fields}; {@code categories} may instead be an object with a list of
     *     subcategories for each category
     * @return the vocabulary
     * @throws IllegalArgumentException if a key is unknown, a value has another form, or a category is given twice
     */
    public static Vocabulary fromMap(Map<String, ?> data) {
        Vocabulary vocabulary = NONE;
        for (Map.Entry<String, Object> entry : new JsonDocument(data).toMap().entrySet()) {
            String key = entry.getKey();
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("Unknown key in a vocabulary: " + key + "; the keys are "
                        + String.join(", ", new TreeSet<>(KEYS)));
            }
            if (key.equals("custom_fields")) {
                vocabulary = vocabulary.customFields(texts(key, entry.getValue()));
            } else if (!key.equals("categories")) {
                vocabulary = vocabulary.with(key, texts(key, entry.getValue()));
            } else if (entry.getValue() instanceof Map<?, ?> categories) {
                for (Map.Entry<?, ?> category : categories.entrySet()) {
                    String name = String.valueOf(category.getKey());
                    if (vocabulary.categories.containsKey(name.strip())) {
                        throw new IllegalArgumentException(
                                "The category " + name.strip() + " of a vocabulary is given twice");
                    }
                    vocabulary = vocabulary.category(name, texts(name, category.getValue()));
                }
            } else {
                for (String name : texts(key, entry.getValue())) {
                    vocabulary = vocabulary.category(name);
                }
            }
        }
        return vocabulary;
    }

    private static String[] texts(String key, Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.toArray(String[]::new);
        }
        throw new IllegalArgumentException(key + " of a vocabulary must be a list of strings");
    }

    /**
     * {@return a copy with the statuses that a ticket may have}
     *
     * @param all every status; none to accept every word
     */
    public Vocabulary statuses(String... all) {
        return with("statuses", all);
    }

    /**
     * {@return a copy with the types that a ticket may have}
     *
     * @param all every type; none to accept every word
     */
    public Vocabulary types(String... all) {
        return with("types", all);
    }

    /**
     * {@return a copy with the groups of agents}
     *
     * @param all every group; none to accept every word
     */
    public Vocabulary groups(String... all) {
        return with("groups", all);
    }

    /**
     * Adds a category.
     *
     * @param name the category
     * @param itsSubcategories all its subcategories; none to accept every word
     * @return a copy with this category
     */
    public Vocabulary category(String name, String... itsSubcategories) {
        Map<String, List<String>> more = new LinkedHashMap<>(categories);
        clean(Stream.of(name)).forEach(category -> more.put(category, clean(Stream.of(itsSubcategories))));
        return new Vocabulary(words, more);
    }

    /**
     * {@return a copy with the e-mail addresses of the agents}
     *
     * @param addresses every address; none to accept every address
     */
    public Vocabulary agents(String... addresses) {
        return with("agents", addresses);
    }

    /**
     * {@return a copy with the ticket forms}
     *
     * @param all every form; none to accept every word
     */
    public Vocabulary forms(String... all) {
        return with("forms", all);
    }

    /**
     * {@return a copy with the names of the custom fields, as tickets show them} {@code Site Name} is read as
     * {@code cf_Site Name}.
     *
     * @param names every name; none to accept every name
     */
    public Vocabulary customFields(String... names) {
        return with(
                "custom_fields",
                clean(Stream.of(names)).stream().map(CustomFieldName::of).toArray(String[]::new));
    }

    private Vocabulary with(String key, String... all) {
        Map<String, List<String>> changed = new LinkedHashMap<>(words);
        List<String> list = clean(Stream.of(all));
        if (list.isEmpty()) {
            changed.remove(key);
        } else {
            changed.put(key, list);
        }
        return new Vocabulary(changed, categories);
    }

    private static List<String> clean(Stream<String> words) {
        return words.map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * {@return the vocabulary as data, in the form that {@link #fromMap} reads} A key without words is omitted;
     * {@code categories} is a list if no category has subcategories, and otherwise an object. Unmodifiable.
     */
    public Map<String, Object> toMap() {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String key : KEYS) {
            if (words.containsKey(key)) {
                data.put(key, words.get(key));
            } else if (key.equals("categories") && !categories.isEmpty()) {
                boolean isFlat = categories.values().stream().allMatch(List::isEmpty);
                data.put(key, isFlat ? List.copyOf(categories.keySet()) : Collections.unmodifiableMap(categories));
            }
        }
        return Collections.unmodifiableMap(data);
    }

    /** {@return the number of words under each key} */
    @Override
    public String toString() {
        return "Vocabulary["
                + toMap().entrySet().stream()
                        .map(entry -> (entry.getValue() instanceof List<?> list ? list.size() : categories.size()) + " "
                                + entry.getKey())
                        .collect(Collectors.joining(", "))
                + "]";
    }

    /** {@return whether the other object is a vocabulary with the same words} */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary vocabulary
                && words.equals(vocabulary.words)
                && categories.equals(vocabulary.categories);
    }

    @Override
    public int hashCode() {
        return words.hashCode() + categories.hashCode();
    }
}
