package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.CancelledException;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.Paged;
import io.github.desk365mcp.api.RateLimitedException;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.FilterCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list that were read page by page, as far as the plan and a limit allow.
 *
 * <p>The first call was taken when the tool began, and its failure is the failure of the tool. A later failure ends the
 * reading, and {@link #stopped} says why; only a cancellation is thrown.
 */
final class PageWalk<T extends JsonDocument> {

    /** Calls of a tool that does not let the caller set a limit. */
    static final int USUAL_CALLS = 10;

    private final Desk365Client desk;
    private final Arguments in;
    private final Function<T, @Nullable Object> key;
    private final int pageSize;
    private final Set<Object> seen = new HashSet<>();
    private final List<T> rows = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private @Nullable Long total;
    private @Nullable String stopped;
    private boolean hasMore;
    private boolean shrank;
    private int calls;
    private int came;
    private long start;

    private PageWalk(Desk365Client desk, Arguments in, Function<T, @Nullable Object> key, int pageSize) {
        this.desk = desk;
        this.in = in;
        this.key = key;
        this.pageSize = pageSize;
    }

    /**
     * Reads pages.
     *
     * @param list the list from where to read on
     * @param key identifies a row: while pages are read, a record may move to a later page
     * @param pageSize rows of a full page
     * @param most the maximum number of calls
     * @param atMost why reading ends then, as the end of a sentence
     * @param isEnough whether no page after this one is needed
     */
    static <T extends JsonDocument> PageWalk<T> of(
            Desk365Client desk,
            Arguments in,
            Paged<T> list,
            Function<T, @Nullable Object> key,
            int pageSize,
            long most,
            String atMost,
            Predicate<Page<T>> isEnough) {
        PageWalk<T> walk = new PageWalk<>(desk, in, key, pageSize);
        walk.read(list.pages().iterator(), most, atMost, isEnough);
        return walk;
    }

    private void read(Iterator<Page<T>> pages, long most, String atMost, Predicate<Page<T>> isEnough) {
        Page<T> page = pages.next();
        in.call().notes().left();
        total = page.total();
        start = page.offset();
        take(page, most);
        while (page.hasMore() && !isEnough.test(page)) {
            if (calls >= most) {
                stopped = atMost;
                break;
            }
            if (!in.spend(1)) {
                stopped = "the plan has no calls left";
                break;
            }
            try {
                if (!pages.hasNext()) {
                    return;
                }
                Long before = page.total();
                page = pages.next();
                shrank |= before != null && page.total() != null && page.total() < before;
            } catch (CancelledException cancelled) {
                throw cancelled;
            } catch (RateLimitedException limited) {
                in.limited(limited);
                stopped = "the rate limit of the plan is reached";
                break;
            } catch (Desk365Exception failure) {
                stopped = "Desk365 did not return the next page";
                break;
            }
            take(page, most);
        }
        hasMore = page.hasMore();
    }

    private void take(Page<T> page, long most) {
        calls++;
        in.saw(desk);
        for (int i = 0; i < page.items().size(); i++) {
            T row = page.items().get(i);
            Object name = key.apply(row);
            if (name == null || seen.add(name)) {
                rows.add(row);
                places.add(came + i);
            }
        }
        came += page.items().size();
        long left = total == null
                ? 1
                : Math.max(0, (total - page.offset() - page.items().size() + pageSize - 1) / pageSize);
        in.reached(calls, (int) Math.max(calls, Math.min(calls + left, most)));
    }

    /** Each record once, in the order of the service. */
    List<T> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** How many records the service counts; null if it does not say. */
    @Nullable
    Long total() {
        return total;
    }

    /** Why reading ended early, as the end of a sentence; null if it did not, or if enough was read. */
    @Nullable
    String stopped() {
        return stopped;
    }

    /**
     * Says that records may be missing, although reading did not end early: if one leaves the list, those after it move
     * up by one place, and one of them is on no page. A sentence after a blank; usually empty.
     */
    String missed() {
        if (!hasMore && total != null && rows.size() < total - start) {
            return " Desk365 counted " + (total - start) + " and returned " + rows.size()
                    + ": some may be missing, because the list changed or ended early.";
        }
        return shrank ? " The list became shorter while it was read: some may be missing." : "";
    }

    /**
     * The rows that match a condition which the service cannot filter by.
     *
     * @param rows those that match
     * @param places their indexes among all rows of the responses
     * @param undecided those that do not tell whether they match
     * @param notice how the service applied its own filters; usually empty
     */
    record Checked(List<JsonDocument> rows, List<Integer> places, List<JsonDocument> undecided, String notice) {}

    /**
     * Checks the rows.
     *
     * @param check for the service's own filters
     * @param condition whether a row matches; null if the row does not tell
     */
    Checked check(FilterCheck check, Function<JsonDocument, @Nullable Boolean> condition) {
        FilterCheck.Matches filtered = check.matches(rows);
        Checked checked = new Checked(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), filtered.notice());
        for (int i = 0; i < filtered.rows().size(); i++) {
            JsonDocument row = filtered.rows().get(i);
            Boolean isMatch = condition.apply(row);
            if (isMatch == null) {
                checked.undecided().add(row);
            } else if (isMatch) {
                checked.rows().add(row);
                checked.places().add(places.get(filtered.places().get(i)));
            }
        }
        return checked;
    }

    /**
     * Returns the rows that match for the answer, with a notice that says what was read.
     *
     * @param cannot what the service cannot filter by
     * @param one the word for a record
     * @param order the order of the rows, between commas; may be empty
     * @param undecided a sentence about the rows that do not tell; may be empty
     */
    Object answer(FilterCheck check, Checked checked, String cannot, String one, String order, String undecided) {
        int kept = checked.rows().size();
        long offset = Objects.requireNonNullElse(in.get(AnswerOptions.OFFSET), 0L);
        boolean isWhole = !hasMore
                && missed().isEmpty()
                && offset == 0
                && checked.undecided().isEmpty();
        String notice = "Desk365 cannot filter by " + cannot + ", so " + read(one, order, kept) + undecided + " "
                + checked.notice();
        return check.filteredHere(
                Page.of(checked.rows(), isWhole ? Long.valueOf(kept) : null, offset, new JsonDocument(Map.of())),
                checked.places(),
                came,
                hasMore,
                notice.strip());
    }

    private String read(String one, String order, int kept) {
        String in = " read in " + count(calls, "page") + " of " + pageSize + " and checked here; ";
        if (!hasMore) {
            return count(rows.size(), one) + (rows.size() == 1 ? " was" : " were") + in + kept + " match." + missed();
        }
        String all = total == null ? "an unknown number" : String.valueOf(total);
        String part = start == 0
                ? "the first " + rows.size() + " of " + all + (total == null ? " of " : " ") + one + "s"
                : one + "s " + (start + 1) + " to " + (start + came) + " of " + all;
        return "only " + part + order + " were" + in + kept + " of these match. Reading ended because "
                + (stopped == null ? "max_items were found" : stopped)
                + ": narrow the other filters, or go on with next_offset.";
    }

    /** Returns the number with the word for one, or with an s for others. */
    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
