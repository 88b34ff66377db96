package io.github.desk365mcp.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is sent with a call: only what was set.
 *
 * <p>Inputs are handed to a lambda, filled, and sent: {@code update(4052, t -> t.status("Pending"))}. They cannot be read
 * back. Not thread-safe.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract class Input<S extends Input<S>> {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Map<String, List<String>>> lists = new LinkedHashMap<>();

    /** Nothing is set at first. */
    protected Input() {}

    /**
     * Sets a field by its name on the wire, for fields that this version does not know.
     *
     * @param value a map, list, string, number or boolean
     */
    @SuppressWarnings("unchecked")
    public final S set(String name, Object value) {
        fields.put(name, value);
        return (S) this;
    }

    /** A list as the API sometimes wants it: one string with commas. */
    protected final S setJoined(String name, String... values) {
        return set(name, String.join(",", values));
    }

    /** A flag as the API wants it: 0 or 1. */
    protected final S setFlag(String name, boolean flag) {
        return set(name, flag ? 1 : 0);
    }

    /** Adds to a list in an object of lists, as the API wants for people who are added and removed. */
    protected final S add(String name, String list, String... values) {
        lists.computeIfAbsent(name, n -> new LinkedHashMap<>())
                .computeIfAbsent(list, n -> new ArrayList<>())
                .addAll(Arrays.asList(values));
        return set(name, lists.get(name));
    }

    /** For a value that cannot be sent, and would be refused or misread by the service. */
    protected static InvalidArgumentException refused(String message) {
        return new InvalidArgumentException(message);
    }

    /** What the lambda set, under the names on the wire. */
    static <I extends Input<I>> Map<String, Object> filled(I input, Consumer<? super I> fill) {
        fill.accept(input);
        return fields(input);
    }

    static Map<String, Object> fields(Input<?> input) {
        return input.fields;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + fields.keySet();
    }
}
