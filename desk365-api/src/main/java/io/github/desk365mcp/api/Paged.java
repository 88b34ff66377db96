package io.github.desk365mcp.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that comes in pages, fetched while it is walked through.
 *
 * <p>Nothing is fetched before it is needed: {@code stream().limit(5)} costs one call. Each walk starts anew. Records
 * move between pages while they change, so a walk may miss one or meet one twice. It ends when the total is reached, at
 * an empty page, and at a page equal to the one before, so it ends always.
 *
 * @param <T> the kind of record
 */
public final class Paged<T> implements Iterable<T> {

    private final LongFunction<Page<T>> fetch;
    private final long offset;

    Paged(long offset, LongFunction<Page<T>> fetch) {
        this.offset = offset;
        this.fetch = fetch;
    }

    /** The first page, with the total; one call each time. */
    public Page<T> firstPage() {
        return fetch.apply(offset);
    }

    /** The pages, one after the other; one call each. */
    public Iterable<Page<T>> pages() {
        return Pages::new;
    }

    /** The records, over all pages. After one that cannot be read the walk can go on. */
    @Override
    public Iterator<T> iterator() {
        return new Records();
    }

    /** The records, over all pages, in order. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * All records in one list, at most so many; fetches the pages that it takes.
     *
     * @param max the most records that the caller wants to hold
     * @return all records; unmodifiable
     * @throws IllegalStateException if there are more, as the first page's total or the records themselves show. Nothing
     *     is cut off in silence: {@code stream().limit(max)} reads the first records of a longer list
     * @throws IllegalArgumentException if the number is negative
     */
    public List<T> toList(int max) {
        if (max < 0) {
            throw new IllegalArgumentException("max must not be negative");
        }
        List<T> records = new ArrayList<>();
        for (Page<T> page : pages()) {
            Long total = page.total();
            if (page.items().size() > max - records.size() || total != null && total - offset > max) {
                throw new IllegalStateException("The list has more than " + max + " records");
            }
            records.addAll(page.items());
        }
        return Collections.unmodifiableList(records);
    }

    /** By index, since a stream of streams would read a whole page for its first record. */
    private final class Records implements Iterator<T> {

        private final Iterator<Page<T>> pages = new Pages();
        private List<T> page = List.of();
        private int index;

        @Override
        public boolean hasNext() {
            while (index == page.size() && pages.hasNext()) {
                page = pages.next().items();
                index = 0;
            }
            return index < page.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.get(index++);
        }
    }

    private final class Pages implements Iterator<Page<T>> {

        private @Nullable Page<T> last;
        private @Nullable Page<T> next;
        private boolean ended;

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = fetchNext();
                ended = next == null;
            }
            return next != null;
        }

        private @Nullable Page<T> fetchNext() {
            if (last == null) {
                return fetch.apply(offset);
            }
            if (!last.hasMore()) {
                return null;
            }
            Page<T> page = fetch.apply(last.offset() + last.items().size());
            return page.items().isEmpty() || page.items().equals(last.items()) ? null : page;
        }

        @Override
        public Page<T> next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Page<T> page = next;
            last = page;
            next = null;
            return page;
        }
    }
}
