package io.github.desk365mcp.tools;

import java.util.Map;
import java.util.Set;

/** A call on its way through the stages, on the helpdesk that it is for. */
record Call(
        Tool tool,
        Map<String, Object> arguments,
        CallContext context,
        Trace trace,
        Set<String> visible,
        Helpdesk helpdesk,
        AttachmentForms attachmentForms) {

    Call withArguments(Map<String, Object> changed) {
        return new Call(tool, changed, context, trace, visible, helpdesk, attachmentForms);
    }
}
