package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.identifier;

import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.core.Type;
import java.util.List;

/**
 * The tool that makes one change to several tickets.
 *
 * <p>It is never allowed more than {@link #ONE}: an approval, an exclusion, and limits of arguments that are set for that
 * tool hold for this one too.
 */
public final class TicketsUpdatePage extends CataloguePage {

    public static final String MANY = "desk_365_tickets_update_many";

    /** The tool that changes one ticket. */
    static final String ONE = "update_a_desk_365_ticket_by_id";

    /** Fewer than a plan allows in a minute, so that other calls are left. */
    private static final int MOST = 40;

    public static final Param<List<Long>> NUMBERS = identifier("ticket_numbers", Type.recordNumbers(MOST))
            .description("At most " + MOST + ".")
            .foundIn("list_all_desk_365_tickets", "tickets[].ticket_number")
            .foundIn("desk_365_tickets_search", "tickets[].ticket_number")
            .example(List.of(4109))
            .alsoKnownAs("ticket_number", "numbers", "ids", "tickets");

    /** What can be changed: what the rows of a list show, so that few calls tell what is so already. */
    static final Param<?>[] CHANGES = {
        TicketPage.STATUS,
        TicketPage.PRIORITY,
        TicketPage.ASSIGNED_TO,
        TicketPage.GROUP,
        TicketPage.CATEGORY,
        TicketPage.SUBCATEGORY,
        TicketPage.TYPE,
        TicketPage.CLEAR
    };

    TicketsUpdatePage() {
        super("tickets");
    }

    @Override
    void write() {
        updates(MANY, "update_many_tickets")
                .manyOf(ONE)
                .title("Change several tickets")
                .description("Makes one change to several tickets, and skips those that already have the values.")
                .seeAlso(
                        "Costs about one call per ticket; refused before it starts if too few are left. The answer has a"
                                + " result for each, and the numbers to pass again if it ends early.")
                .takes(NUMBERS)
                .takes(CHANGES)
                .costsUpTo(2 * MOST)
                .answers(TicketsUpdate.ANSWER)
                .handler(TicketsUpdate::of);
    }

    /** A tool for previews that reads the tickets and says what the call would change. */
    public static Tool reader() {
        return Catalogue.get(TicketPage.GET).toBuilder()
                .takesOnly(Catalogue.get(MANY).params())
                .build(TicketsUpdate.PREVIEW, TicketsUpdate::preview);
    }
}
