package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.RECORD_NUMBER;
import static io.github.desk365mcp.tools.internal.core.Type.list;
import static io.github.desk365mcp.tools.internal.core.Type.oneOf;

import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Type;
import java.time.Instant;
import java.util.List;

/** The tool that counts tickets and measures how long they took. */
public final class TicketReportPage extends CataloguePage {

    static final Param<List<String>> GROUP_BY = param("group_by", list(oneOf(ReportColumn.words())))
            .description("One or two.")
            .example(List.of("group", "status"));
    static final Param<String> TIME = param("time", oneOf("created", "updated", "resolved", "closed", "due"))
            .description("Of after, before, day, week and month; default created. Resolved in a week: resolved.");
    static final Param<Instant> AFTER = param("after", Type.TIME)
            .description("Then or later (ISO 8601, UTC).")
            .example("2026-11-16T00:00:00Z");
    static final Param<Instant> BEFORE =
            param("before", Type.TIME).description("Earlier than this.").example("2026-11-23T00:00:00Z");
    static final Param<String> LIST = param("list", oneOf("oldest", "most_overdue"))
            .description("Lists such tickets too, ten or max_items of them.")
            .example("oldest");
    static final Param<Long> MAX_CALLS = param("max_calls", RECORD_NUMBER)
            .description("Default " + PageWalk.USUAL_CALLS + ".")
            .example(5);

    TicketReportPage() {
        super("tickets");
    }

    @Override
    void write() {
        gets("desk_365_tickets_report", "report_tickets")
                .title("Report on tickets")
                .description("Counts tickets by one or two fields; median and 90th percentile of first reply and"
                        + " resolution in minutes, and can list the oldest or most overdue. A call reads 100 tickets;"
                        + " the answer says which tickets it covers. Times are UTC.")
                .takes(GROUP_BY, TIME, AFTER, BEFORE, TicketFilters.OVERDUE, LIST)
                .takes(TicketFilters.FILTERS)
                .takes(MAX_CALLS, AnswerOptions.MAX_ITEMS)
                .costsUpTo(PageWalk.USUAL_CALLS)
                .answers(TicketReport.ANSWER)
                .handler(TicketReport::of);
    }
}
