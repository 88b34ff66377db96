package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Invisible;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds tools by full name, short name or former name. */
public final class ToolDirectory {

    /** Longer than any tool's name; limits the time that a comparison takes. */
    private static final int LONGEST_NAME = 128;

    private final Admission admission;
    private final Function<Admission.Visible, Names> naming;
    private final Map<String, Tool> byName = new HashMap<>();

    /**
     * @param naming returns the names that a caller who sees these tools uses
     * @param oldNames maps former names to full names
     */
    public ToolDirectory(Admission admission, Function<Admission.Visible, Names> naming, Map<String, String> oldNames) {
        this.admission = admission;
        this.naming = naming;
        for (Tool tool : admission.ceiling().tools()) {
            byName.put(tool.name(), tool);
            byName.put(tool.shortName(), tool);
        }
        oldNames.forEach((oldName, name) -> {
            Tool tool = byName.get(name);
            if (tool != null) {
                byName.put(oldName, tool);
            }
        });
    }

    /** Returns null if the tool is not visible. */
    @Nullable
    Tool find(String name, Admission.Visible visible) {
        Tool tool = byName.get(name);
        return tool == null ? null : visible.find(tool.name());
    }

    /** Returns whether some calls of the tool need a person's approval. */
    public boolean mayNeedPerson(String name) {
        Tool tool = find(name, admission.ceiling());
        return tool != null && ApprovalDecision.some(admission.approvals(), tool, Approval.CONFIRM);
    }

    Names names(Admission.Visible visible) {
        return naming.apply(visible);
    }

    public boolean lists(String name, CallContext context) {
        return admission.enter(context).admitted()
                && !admission.hasEnded(context)
                && byName.containsKey(name)
                && find(name, admission.visible(context)) != null;
    }

    /** Returns the error for a tool that is not listed for the caller. */
    public String unknown(String name, CallContext context) {
        Map<String, String> listed = new LinkedHashMap<>();
        // A caller who asks for a hidden tool did not misspell another one.
        boolean isHidden = admission.known().find(name) != null && !lists(name, context);
        if (!isHidden
                && name.length() <= LONGEST_NAME
                && admission.enter(context).admitted()
                && !admission.hasEnded(context)) {
            Admission.Visible visible = admission.visible(context);
            Names names = names(visible);
            for (Tool tool : visible.tools()) {
                listed.put(tool.name(), names.of(tool.name()));
                listed.put(tool.shortName(), names.of(tool.name()));
            }
        }
        String nearest = Text.nearest(name, listed.keySet());
        return "Unknown tool: " + Text.cut(Invisible.stripName(name), LONGEST_NAME)
                + (nearest == null ? "" : "; did you mean " + listed.get(nearest) + "?");
    }
}
