package io.github.desk365mcp.api;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** An immutable JSON array. */
final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess {

    private final List<@Nullable Object> items;

    /** Takes ownership of the list: the caller must not keep it, and its items must be frozen. */
    FrozenList(List<@Nullable Object> items) {
        this.items = items;
    }

    @Override
    public @Nullable Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }
}
