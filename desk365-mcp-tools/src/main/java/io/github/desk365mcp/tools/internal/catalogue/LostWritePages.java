package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Walks through lists in search of a record, page by page. Each page costs a call of the rate limit. */
final class LostWritePages {

    static final int LARGEST_PAGE = 100;

    /** The sizes of all pages that the service is known to use are multiples of this number. */
    private static final int PAGE_STEP = 10;

    /** The most pages to search. */
    private static final int MOST_PAGES = 3;

    private LostWritePages() {}

    /**
     * Walks through a list until the predicate says that it is enough; returns false if the list is too long, or its
     * end is uncertain. The service's total is not enough to tell the end, since it may be the number of rows on the
     * page, and pages may be smaller than requested.
     */
    static <T> boolean walk(Arguments in, LongFunction<Page<T>> pages, Predicate<Page<T>> isEnough) {
        Page<T> last = null;
        long end = 0;
        for (int count = 1; ; count++) {
            Page<T> page = pages.apply(end);
            int rows = page.items().size();
            if (rows > 0 && last != null && page.items().equals(last.items())) {
                return false;
            }
            if (isEnough.test(page)) {
                return true;
            }
            end += rows;
            Long total = page.total();
            boolean isTotal = total != null && end >= total;
            if (rows == 0) {
                return isTotal || total == null;
            }
            boolean isShort =
                    last == null ? rows % PAGE_STEP != 0 : rows < last.items().size();
            if (isTotal && isShort) {
                return true;
            }
            if (count == MOST_PAGES) {
                return false;
            }
            spend(in);
            last = page;
        }
    }

    /** Takes a call of the plan, or ends the search. */
    static void spend(Arguments in) {
        if (!in.spend(1)) {
            throw new RefusedException(
                    ErrorCodes.RATE_LIMITED, "The Desk365 plan has too few calls left to continue the search.");
        }
    }
}
