package io.github.desk365mcp.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The fields of a request; only those that were set are sent.
 *
 * <p>Inputs are passed to a lambda, which sets their fields: {@code update(4052, t -> t.status("Pending"))}. They
 * cannot be read. Not thread-safe.
 *
 * @param <S> the input's own type, for chaining
 */
public abstract class Input<S extends Input<S>> {

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Map<String, List<String>>> lists = new LinkedHashMap<>();

    /** Creates an input with no fields set. */
    protected Input() {}

    /**
     * Sets a field by its name in the API, for fields that this version does not know.
     *
     * @param name the field's name in the API
     * @param value a map, list, string, number or boolean
     * @return this
     */
    @SuppressWarnings("unchecked")
    public final S set(String name, Object value) {
        fields.put(name, value);
        return (S) this;
    }

    /**
     * Sets a list as one comma-separated string, as some fields of the API require.
     *
     * @param name the field's name in the API
     * @param values the items
     * @return this
     */
    protected final S setJoined(String name, String... values) {
        return set(name, String.join(",", values));
    }

    /**
     * Sets a flag as 0 or 1, as the API requires.
     *
     * @param name the field's name in the API
     * @param flag the value
     * @return this
     */
    protected final S setFlag(String name, boolean flag) {
        return set(name, flag ? 1 : 0);
    }

    /**
     * Adds to a list inside an object of lists, as the API requires for people to add and remove.
     *
     * @param name the field's name in the API
     * @param list the name of the list in the field's object
     * @param values the items to add
     * @return this
     */
    protected final S add(String name, String list, String... values) {
        lists.computeIfAbsent(name, n -> new LinkedHashMap<>())
                .computeIfAbsent(list, n -> new ArrayList<>())
                .addAll(Arrays.asList(values));
        return set(name, lists.get(name));
    }

    /**
     * Creates an exception for a value that cannot be sent, or that the service would reject or misread.
     *
     * @param message says what is refused, without quoting a value
     * @return the exception
     */
    protected static InvalidArgumentException refused(String message) {
        return new InvalidArgumentException(message);
    }

    /** Returns what the lambda set, by names in the API. */
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
