package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides whether a call is allowed, staged, confirmed by a person, or denied. */
public final class ApprovalDecision {

    private static final int LONGEST = 80;
    private static final List<String> EFFECTS =
            List.of(Effects.READ, Effects.CREATE, Effects.UPDATE, Effects.DELETE, Effects.MAIL);

    private ApprovalDecision() {}

    /**
     * Returns the strictest of all settings that apply to a call.
     *
     * @param mails whether the call e-mails a customer
     */
    public static Approval of(Approvals approvals, Tool tool, boolean mails) {
        Map<String, Approval> settings = approvals.settings();
        Approval ofTool = Approval.ALLOW;
        for (Map.Entry<String, Approval> setting : settings.entrySet()) {
            // Not under both names: check refuses that.
            if (setting.getKey().equals(tool.name()) || setting.getKey().equals(tool.shortName())) {
                ofTool = setting.getValue();
            }
        }
        Approval ofEffect = settings.getOrDefault(tool.effect(), Approval.ALLOW);
        Approval ofMail = mails ? settings.getOrDefault(Effects.MAIL, Approval.ALLOW) : Approval.ALLOW;
        return strictest(strictest(ofEffect, ofTool), ofMail);
    }

    private static Approval strictest(Approval one, Approval other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether this approval applies to at least some calls of the tool. */
    public static boolean some(Approvals approvals, Tool tool, Approval approval) {
        return tool.reachesCustomer() && of(approvals, tool, true) == approval
                || !tool.alwaysMails() && of(approvals, tool, false) == approval;
    }

    /** Whether every call of the tool is denied. */
    public static boolean denies(Approvals approvals, Tool tool) {
        return of(approvals, tool, tool.alwaysMails()) == Approval.DENY;
    }

    /**
     * Checks that each setting is for an effect or a tool, and that no tool is set under both of its names.
     *
     * @param tools full names, by full and short names
     * @throws IllegalArgumentException if not; for an unknown name, the message suggests the nearest one
     */
    static void check(Approvals approvals, Map<String, String> tools) {
        Map<String, String> set = new HashMap<>();
        for (String name : approvals.settings().keySet()) {
            if (EFFECTS.contains(name)) {
                continue;
            }
            String tool = tools.get(name);
            if (tool == null) {
                throw unknown(name, tools.keySet());
            }
            String other = set.put(tool, name);
            if (other != null) {
                throw new IllegalArgumentException("The approval of a tool is set twice, as " + other + " and as "
                        + name + ": both are its names");
            }
        }
    }

    private static IllegalArgumentException unknown(String name, Set<String> tools) {
        List<String> known = new ArrayList<>(EFFECTS);
        known.addAll(tools);
        String nearest = Text.nearest(name, known);
        return new IllegalArgumentException("Unknown approval setting " + Text.cut(name, LONGEST)
                + (nearest == null
                        ? "; use " + String.join(", ", EFFECTS) + " or the name of a tool"
                        : "; did you mean " + nearest + "?"));
    }
}
