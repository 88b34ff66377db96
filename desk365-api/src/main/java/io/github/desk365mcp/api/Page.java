package io.github.desk365mcp.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> the kind of record
 */
public final class Page<T> {

    private final List<T> items;
    private final @Nullable Long total;
    private final long offset;
    private final JsonDocument document;

    /** Keeps a copy of the items, unless they are of an answer, where each is read when it is asked for. */
    private Page(List<T> items, @Nullable Long total, long offset, JsonDocument document) {
        this.items = items instanceof Items ? items : List.copyOf(items);
        this.total = total;
        this.offset = offset;
        this.document = document;
    }

    /**
     * A page, for example one with fewer records than came.
     *
     * @param items the records; copied
     * @param total how many records match in all; null if that is not known
     * @param offset how many records come before this page
     * @param document the whole answer
     * @param <T> the kind of record
     */
    public static <T> Page<T> of(List<T> items, @Nullable Long total, long offset, JsonDocument document) {
        return new Page<>(items, total, offset, document);
    }

    /** The records of this page. */
    public List<T> items() {
        return items;
    }

    /** How many records match in all, as the service counts them; null if it did not say. */
    public @Nullable Long total() {
        return total;
    }

    /** How many records come before this page. */
    public long offset() {
        return offset;
    }

    /** The whole answer. */
    public JsonDocument document() {
        return document;
    }

    /** Whether there is more to fetch, as far as the total tells; a page without a total is the last one if empty. */
    public boolean hasMore() {
        return !items.isEmpty() && (total == null || offset + items.size() < total);
    }
}
