package io.github.desk365mcp.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the records of this page
 * @param total how many records match in all, as the service counts them; null if it did not say
 * @param offset how many records come before this page
 * @param document the whole answer
 * @param <T> the kind of record
 */
public record Page<T>(List<T> items, @Nullable Long total, long offset, JsonDocument document) {

    /** Keeps a copy of the items, unless they are of an answer, where each is read when it is asked for. */
    public Page {
        items = items instanceof Items ? items : List.copyOf(items);
    }

    /** Whether there is more to fetch, as far as the total tells; a page without a total is the last one if empty. */
    public boolean hasMore() {
        return !items.isEmpty() && (total == null || offset + items.size() < total);
    }
}
