package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.internal.account.Account;
import java.util.Map;

/** A call on its way through the stages, on the helpdesk that it is for. */
public record Call(
        Tool tool,
        Map<String, Object> arguments,
        CallContext context,
        CallNotes trace,
        Names names,
        Account helpdesk,
        Uploader uploader,
        QueueTurn turn) {

    /** A call in the caller's own thread. */
    public Call(
            Tool tool,
            Map<String, Object> arguments,
            CallContext context,
            CallNotes trace,
            Names names,
            Account helpdesk,
            Uploader uploader) {
        this(tool, arguments, context, trace, names, helpdesk, uploader, QueueTurn.AT_ONCE);
    }

    /** A call of another tool for the sake of this one, which leaves no trace in its answer. */
    public Call aside(Tool other, Map<String, Object> given) {
        return new Call(other, given, context, trace.aside(), names, helpdesk, uploader, turn);
    }

    /** The same arguments for another tool, for the sake of this one: it costs, and what it notes is its own. */
    public Call of(Tool other) {
        return new Call(other, arguments, context, trace.aside(), names, helpdesk, uploader, turn);
    }

    public Call withArguments(Map<String, Object> changed) {
        return new Call(tool, changed, context, trace, names, helpdesk, uploader, turn);
    }
}
