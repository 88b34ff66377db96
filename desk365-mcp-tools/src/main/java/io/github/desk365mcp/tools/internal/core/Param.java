package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One argument, used both for the schema and for reading. Immutable; each method returns a copy.
 *
 * @param name as in answers
 * @param type its type
 * @param description for the model, without the sources
 * @param isRequired whether a call must have it
 * @param sources for identifiers: the results that supply it
 * @param example a value for documentation and tests; null if the type provides one
 * @param aliases names in the API or in the product this replaces; accepted, but not shown
 * @param topic the kind of its values if accounts define them; otherwise null
 * @param field the record's field that it affects, named as in answers
 * @param change what it does to the field
 */
public record Param<T>(
        String name,
        Type<T> type,
        String description,
        boolean isRequired,
        List<Source> sources,
        @Nullable Object example,
        List<String> aliases,
        @Nullable VocabularyKind topic,
        String field,
        Change change) {

    /** What an argument does to its field. */
    public enum Change {
        SETS,
        ADDS,
        REMOVES,
        /** The argument replaces passages of the field, a body. */
        EDITS,
        /** The argument names the fields: those to empty, or in a filter, those that are empty. */
        CLEARS
    }

    /**
     * A source of values.
     *
     * @param tool the full name of a tool
     * @param path in the tool's result
     * @param isTold whether the description names it, in addition to {@code _meta}
     */
    public record Source(String tool, String path, boolean isTold) {

        /** The last part of the path. */
        String fieldName() {
            return path.substring(path.lastIndexOf('.') + 1).replace("[]", "");
        }
    }

    public static <T> Param<T> param(String name, Type<T> type) {
        return new Param<>(name, type, "", false, List.of(), null, List.of(), null, name, Change.SETS);
    }

    /** An argument that identifies a record. */
    public static <T> Param<T> identifier(String name, Type<T> type) {
        return param(name, type).required();
    }

    /** The same argument under another name, without aliases. */
    public Param<T> named(String newName) {
        return new Param<>(
                newName, type, description, isRequired, sources, example, List.of(), topic, newName, Change.SETS);
    }

    /** The same argument with another type. */
    public Param<T> typed(Type<T> newType) {
        return new Param<>(name, newType, description, isRequired, sources, example, aliases, topic, field, change);
    }

    public Param<T> description(String words) {
        return new Param<>(name, type, words, isRequired, sources, example, aliases, topic, field, change);
    }

    /** Adds a source; the description names the first one that the caller has. */
    public Param<T> foundIn(String tool, String path) {
        return withSource(new Source(tool, path, true));
    }

    /** Adds a source that only {@code _meta} names, if the description is enough for a model. */
    public Param<T> shownIn(String tool, String path) {
        return withSource(new Source(tool, path, false));
    }

    /** Keeps the sources out of the description; {@code _meta} still names them. */
    public Param<T> sourceUntold() {
        List<Source> untold = sources.stream()
                .map(source -> new Source(source.tool(), source.path(), false))
                .toList();
        return new Param<>(name, type, description, isRequired, untold, example, aliases, topic, field, change);
    }

    private Param<T> withSource(Source source) {
        List<Source> more = new ArrayList<>(sources);
        more.add(source);
        return new Param<>(
                name, type, description, isRequired, List.copyOf(more), example, aliases, topic, field, change);
    }

    public Param<T> example(Object value) {
        return new Param<>(name, type, description, isRequired, sources, value, aliases, topic, field, change);
    }

    public Param<T> required() {
        return new Param<>(name, type, description, true, sources, example, aliases, topic, field, change);
    }

    public Param<T> optional() {
        return new Param<>(name, type, description, false, sources, example, aliases, topic, field, change);
    }

    /** Sets further names under which it is accepted. */
    public Param<T> alsoKnownAs(String... names) {
        return new Param<>(name, type, description, isRequired, sources, example, List.of(names), topic, field, change);
    }

    public Param<T> about(VocabularyKind newTopic) {
        return new Param<>(name, type, description, isRequired, sources, example, aliases, newTopic, field, change);
    }

    /** The same argument, with values that accounts do not define. */
    public Param<T> aboutNothing() {
        return new Param<>(name, type, description, isRequired, sources, example, aliases, null, field, change);
    }

    /** Sets the field that it affects: {@code new_company_name} affects company_name. */
    public Param<T> about(Change newChange, String newField) {
        return new Param<>(name, type, description, isRequired, sources, example, aliases, topic, newField, newChange);
    }

    /** Reads it from an object that has it as a field. */
    @Nullable
    public T in(Map<String, Object> object) {
        Object value = object.get(name);
        return value == null ? null : type.read(value);
    }

    /** The schema of the value, with the description and the first source that the caller has. */
    public Map<String, Object> schema(Names names) {
        return described(type.schema(), names);
    }

    /** The same schema with all accepted words, even if they are many. */
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
