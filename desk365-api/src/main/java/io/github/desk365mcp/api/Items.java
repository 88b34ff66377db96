package io.github.desk365mcp.api;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The items of an array, each read when it is asked for, so that an odd one hurts nobody who does not want it. */
final class Items<T> extends AbstractList<T> implements RandomAccess {

    private final List<?> array;
    private final int[] places;
    private final IntFunction<T> reader;

    /** Nulls and blank texts are left out; the reader gets the place in the array. */
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

    /** Compares what came, so that two pages can be compared though one item cannot be read. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Items<?> items ? array.equals(items.array) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
