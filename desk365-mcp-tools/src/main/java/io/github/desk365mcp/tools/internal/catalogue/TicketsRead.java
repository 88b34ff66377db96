package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.NotFoundException;
import io.github.desk365mcp.api.Page;
import io.github.desk365mcp.api.model.Ticket;
import io.github.desk365mcp.tools.internal.core.Arguments;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads several tickets by number with few calls. The service cannot list tickets by number, but tickets that are changed
 * together are often among the newest ones: pages of the newest are read as long as that saves calls, and the rest one by
 * one.
 */
final class TicketsRead {

    private static final int PAGE = 100;

    /** A page is worth its call if it has this many of the tickets. */
    private static final int WORTH = 2;

    private final Map<Long, Ticket> tickets = new LinkedHashMap<>();
    private final Set<Long> missing = new LinkedHashSet<>();
    private final Set<Long> left;
    private int calls;

    private TicketsRead(Collection<Long> numbers) {
        left = new LinkedHashSet<>(numbers);
    }

    /** Reads the newest tickets, if several are wanted. The first call was taken when the tool began. */
    static TicketsRead newest(Desk365Client desk, Arguments in, Collection<Long> numbers) {
        TicketsRead read = new TicketsRead(numbers);
        if (read.left.size() > WORTH) {
            read.newest(desk, in);
        }
        return read;
    }

    private void newest(Desk365Client desk, Arguments in) {
        Iterator<Page<Ticket>> pages = desk.tickets()
                .list(query -> query.pageSize(PAGE).orderBy("created_time").set("order_type", "desc"))
                .pages()
                .iterator();
        int found = WORTH;
        while (found >= WORTH && left.size() > WORTH && begins(in) && pages.hasNext()) {
            found = 0;
            for (Ticket ticket : pages.next().items()) {
                if (left.remove(ticket.ticketNumber())) {
                    tickets.put(ticket.ticketNumber(), ticket);
                    found++;
                }
            }
        }
    }

    /** Reads the rest one by one, until the plan has no calls left. */
    void rest(Desk365Client desk, Arguments in) {
        for (Iterator<Long> numbers = left.iterator(); numbers.hasNext() && begins(in); numbers.remove()) {
            long number = numbers.next();
            try {
                tickets.put(number, desk.tickets().get(number));
            } catch (NotFoundException unknown) {
                missing.add(number);
            }
        }
    }

    /** Takes the next call; false if the plan has none left. */
    private boolean begins(Arguments in) {
        boolean begins = calls == 0 || in.spend(1);
        calls += begins ? 1 : 0;
        return begins;
    }

    /** Null if it does not exist, or was not read. */
    @Nullable
    Ticket ticket(long number) {
        return tickets.get(number);
    }

    boolean isMissing(long number) {
        return missing.contains(number);
    }

    /** How many tickets have not been read. */
    int left() {
        return left.size();
    }

    /** How many calls were made. */
    int calls() {
        return calls;
    }
}
