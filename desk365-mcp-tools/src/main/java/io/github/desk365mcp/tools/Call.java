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
        AttachmentForms attachmentForms) {

    Call withArguments(Map<String, Object> changed) {
        return new Call(tool, changed, context, trace, names, helpdesk, attachmentForms);
    }
}
