package io.github.desk365mcp.tools.host;

import java.util.function.Consumer;

/**
 * The values of an immutable object whose methods return changed copies.
 *
 * @param <V> the subclass, which has a field for each value
 */
abstract class Values<V extends Values<V>> implements Cloneable {

    /** Returns a changed copy. */
    final V with(Consumer<V> change) {
        V changed = copy();
        change.accept(changed);
        return changed;
    }

    @SuppressWarnings("unchecked")
    private V copy() {
        try {
            return (V) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
