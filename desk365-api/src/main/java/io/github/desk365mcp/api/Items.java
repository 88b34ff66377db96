package io.github.desk365mcp.api;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The items of an array. They are parsed lazily; a malformed item fails only when it is read. */
final class Items<T> extends AbstractList<T> implements RandomAccess {

    private final List<?> array;
    private final int[] places;
    private final IntFunction<T> reader;

    /** Skips nulls and blank texts. The reader receives the index in the array. */
    Items(List<?> array, IntFunction<T> reader) {
        this.array = array;
        this.places = IntStream.range(0, array.size())
                .filter(i -> isItem(array.get(i)))
                .toArray();
        this.reader = reader;
    }

    private static boolean isItem(@Nullable Object item) {
        return item != null && !(item instanceof String text && text.isBlank());
    }

    @Override
    public T get(int index) {
        return reader.apply(places[index]);
    }

    @Override
    public int size() {
        return places.length;
    }

    /** Compares the raw items, so that pages with a malformed item can be compared. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Items<?> items ? array.equals(items.array) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
