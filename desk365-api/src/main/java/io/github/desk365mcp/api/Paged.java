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
 * A list whose pages are fetched on demand.
 *
 * <p>A page is fetched only when it is needed: {@code stream().limit(5)} costs one call. Each iteration starts again at
 * the first page. Records move between pages as they change, so an iteration may skip a record or return it twice. An
 * iteration always ends: when the total is reached, at an empty page, or at a page that equals the previous one.
 *
 * @param <T> the type of the records
 */
public final class Paged<T> implements Iterable<T> {

    private final LongFunction<Page<T>> fetch;
    private final long offset;

    Paged(long offset, LongFunction<Page<T>> fetch) {
        this.offset = offset;
        this.fetch = fetch;
    }

    /** {@return the first page, which has the total} Each call of this method costs one API call. */
    public Page<T> firstPage() {
        return fetch.apply(offset);
    }

    /** {@return the pages in order} Each page costs one API call. */
    public Iterable<Page<T>> pages() {
        return Pages::new;
    }

    /** {@return the records of all pages} The iteration can continue after a record that cannot be read. */
    @Override
    public Iterator<T> iterator() {
        return new Records();
    }

    /** {@return the records of all pages, in order} */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * Fetches all records into one list.
     *
     * @param max the maximum number of records
     * @return all records, in an unmodifiable list
     * @throws IllegalStateException if there are more than {@code max} records, according to the first page's total or
     *     the records themselves. The list is never silently truncated; {@code stream().limit(max)} reads the first
     *     records of a longer list
     * @throws IllegalArgumentException if {@code max} is negative
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

    /** Reads by index, because a stream of streams would read a whole page for its first record. */
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
