package io.github.desk365mcp.tools;

import java.util.Map;

/** A call on its way through the stages, on the helpdesk that it is for. */
record Call(
        Tool tool,
        Map<String, Object> arguments,
        CallContext context,
        Trace trace,
        Names names,
        Helpdesk helpdesk,
        Uploader uploader) {

    /** A call of another tool for the sake of this one, which leaves no trace in its answer. */
    Call aside(Tool other, Map<String, Object> given) {
        return new Call(other, given, context, trace.aside(), names, helpdesk, uploader);
    }

    /** The same arguments for another tool, for the sake of this one: it costs, and what it notes is its own. */
    Call of(Tool other) {
        return new Call(other, arguments, context, trace.aside(), names, helpdesk, uploader);
    }

    Call withArguments(Map<String, Object> changed) {
        return new Call(tool, changed, context, trace, names, helpdesk, uploader);
    }
}
