package io.github.desk365mcp.tools;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.Map;

/** A call as the stages behind admission get it. */
final class AdmittedCall {

    private static final FileServers FILES = FileServers.of(Policy.of(Selection.everything()));

    private AdmittedCall() {}

    static Call of(Tool tool, Map<String, Object> arguments, CallContext context, Account account) {
        return Call.begin(tool.name(), Given.of(arguments), context, QueueTurn.AT_ONCE)
                .admitted(new Call.Admitted(tool, Names.FULL, account, AttachmentForms.INLINE, FILES), context)
                .withArguments(arguments);
    }
}
