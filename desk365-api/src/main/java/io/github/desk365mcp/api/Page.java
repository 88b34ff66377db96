package io.github.desk365mcp.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> the type of the records
 */
public final class Page<T> {

    private final List<T> items;
    private final @Nullable Long total;
    private final long offset;
    private final JsonDocument document;

    /** Copies the items unless they come from a response, whose items are parsed lazily. */
    private Page(List<T> items, @Nullable Long total, long offset, JsonDocument document) {
        this.items = items instanceof Items ? items : List.copyOf(items);
        this.total = total;
        this.offset = offset;
        this.document = document;
    }

    /**
     * Creates a page, for example one with fewer records than the response has.
     *
     * @param items the records; copied
     * @param total the total number of matching records, or null if unknown
     * @param offset the number of records before this page
     * @param document the whole response
     * @param <T> the type of the records
     * @return the page
     */
    public static <T> Page<T> of(List<T> items, @Nullable Long total, long offset, JsonDocument document) {
        return new Page<>(items, total, offset, document);
    }

    /** {@return the records on this page} */
    public List<T> items() {
        return items;
    }

    /** {@return the total number of matching records as counted by the service, or null if it does not say} */
    public @Nullable Long total() {
        return total;
    }

    /** {@return the number of records before this page} */
    public long offset() {
        return offset;
    }

    /** {@return the whole response} */
    public JsonDocument document() {
        return document;
    }

    /**
     * {@return whether there are more records according to the total} Without a total, only an empty page is the last
     * one.
     */
    public boolean hasMore() {
        return !items.isEmpty() && (total == null || offset + items.size() < total);
    }
}
