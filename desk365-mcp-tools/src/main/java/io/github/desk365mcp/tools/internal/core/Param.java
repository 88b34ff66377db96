package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One argument, used twice: for the schema, and for reading. Immutable; each method answers a copy.
 *
 * @param name as in answers
 * @param type its kind
 * @param description for the model, without where it comes from
 * @param isRequired whether a call must have it
 * @param sources for identifiers: which results supply it
 * @param example a value for documents and tests; null if the type tells enough
 * @param aliases what the API, or the product this replaces, calls it; read, but not shown
 * @param topic whose name its values are, where accounts have their own; else null
 */
public record Param<T>(
        String name,
        Type<T> type,
        String description,
        boolean isRequired,
        List<Source> sources,
        @Nullable Object example,
        List<String> aliases,
        @Nullable VocabularyKind topic) {

    /**
     * Where values are found.
     *
     * @param path in the tool's result
     * @param isTold whether the description says it too, and not {@code _meta} alone
     */
    public record Source(String tool, String path, boolean isTold) {

        /** The last part of the path. */
        String fieldName() {
            return path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
        }
    }

    public static <T> Param<T> param(String name, Type<T> type) {
        return new Param<>(name, type, "", false, List.of(), null, List.of(), null);
    }

    /** An argument that names a record. */
    public static <T> Param<T> identifier(String name, Type<T> type) {
        return param(name, type).required();
    }

    /** The same argument under another name, and no other. */
    public Param<T> named(String newName) {
        return new Param<>(newName, type, description, isRequired, sources, example, List.of(), topic);
    }

    /** The same argument, read in another way. */
    public Param<T> typed(Type<T> newType) {
        return new Param<>(name, newType, description, isRequired, sources, example, aliases, topic);
    }

    public Param<T> description(String words) {
        return new Param<>(name, type, words, isRequired, sources, example, aliases, topic);
    }

    /** The description says so; of several, the first that the caller has. */
    public Param<T> foundIn(String tool, String path) {
        return withSource(new Source(tool, path, true));
    }

    /** Only {@code _meta} says so, where the description's own words are enough for a model. */
    public Param<T> shownIn(String tool, String path) {
        return withSource(new Source(tool, path, false));
    }

    /** The description says what it is for alone; {@code _meta} still says where values come from. */
    public Param<T> sourceUntold() {
        List<Source> untold = sources.stream()
                .map(source -> new Source(source.tool(), source.path(), false))
                .toList();
        return new Param<>(name, type, description, isRequired, untold, example, aliases, topic);
    }

    private Param<T> withSource(Source source) {
        List<Source> more = new ArrayList<>(sources);
        more.add(source);
        return new Param<>(name, type, description, isRequired, List.copyOf(more), example, aliases, topic);
    }

    public Param<T> example(Object value) {
        return new Param<>(name, type, description, isRequired, sources, value, aliases, topic);
    }

    public Param<T> required() {
        return new Param<>(name, type, description, true, sources, example, aliases, topic);
    }

    public Param<T> optional() {
        return new Param<>(name, type, description, false, sources, example, aliases, topic);
    }

    /** Names under which it is taken too. */
    public Param<T> alsoKnownAs(String... names) {
        return new Param<>(name, type, description, isRequired, sources, example, List.of(names), topic);
    }

    public Param<T> about(VocabularyKind newTopic) {
        return new Param<>(name, type, description, isRequired, sources, example, aliases, newTopic);
    }

    /** Reads it from an object that has it as a field. */
    @Nullable
    public T in(Map<String, Object> object) {
        Object value = object.get(name);
        return value == null ? null : type.read(value);
    }

    /** The schema of the value, with the description and where it comes from, as far as the caller has those tools. */
    public Map<String, Object> schema(Names names) {
        return described(type.schema(), names);
    }

    /** The same with all words that the value may be. */
    public Map<String, Object> fullSchema(Names names) {
        return described(type.fullSchema(), names);
    }

    private Map<String, Object> described(Map<String, Object> schema, Names names) {
        StringBuilder words = new StringBuilder(names.inText(description));
        for (Source source : sources) {
            if (source.isTold() && names.isVisible(source.tool())) {
                words.append(words.isEmpty() ? "From " : " From ")
                        .append(names.of(source.tool()))
                        .append(source.fieldName().equals(name) ? "." : " (" + source.fieldName() + ").");
                break;
            }
        }
        Map<String, Object> described = new LinkedHashMap<>(schema);
        described.put("description", words.toString());
        return described;
    }
}
