package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.Approval;
import io.github.desk365mcp.tools.host.Approvals;
import io.github.desk365mcp.tools.host.Effects;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides whether a call is allowed, staged, confirmed by a person, or denied. */
public final class ApprovalDecision {

    private static final int LONGEST = 80;
    private static final List<String> EFFECTS =
            List.of(Effects.READ, Effects.CREATE, Effects.UPDATE, Effects.DELETE, Effects.MAIL, Effects.PUBLISH);

    private ApprovalDecision() {}

    /** Returns the strictest of all settings that apply to a call. */
    static Approval of(Approvals approvals, Call call) {
        Approval own = of(approvals, call.tool(), call.tool().reach(call));
        Call followUp = call.notes().followUp();
        return followUp == null ? own : strictest(own, of(approvals, followUp));
    }

    /**
     * Returns the strictest of all settings that apply to a call of the tool.
     *
     * @param reach how the call reaches somebody outside: {@link Effects#MAIL}, {@link Effects#PUBLISH}
     */
    public static Approval of(Approvals approvals, Tool tool, Set<String> reach) {
        Map<String, Approval> settings = approvals.settings();
        Approval ofTool = Approval.ALLOW;
        for (Map.Entry<String, Approval> setting : settings.entrySet()) {
            // What holds for one record holds for many.
            String one = tool.one();
            if (setting.getKey().equals(tool.name())
                    || setting.getKey().equals(tool.shortName())
                    || one != null
                            && (setting.getKey().equals(one) || setting.getKey().equals(Catalogue.shortName(one)))) {
                ofTool = strictest(ofTool, setting.getValue());
            }
        }
        Approval strictest = strictest(ofTool, settings.getOrDefault(tool.effect(), Approval.ALLOW));
        for (String effect : reach) {
            strictest = strictest(strictest, settings.getOrDefault(effect, Approval.ALLOW));
        }
        return strictest;
    }

    private static Approval strictest(Approval one, Approval other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether this approval applies to at least some calls of the tool. */
    public static boolean some(Approvals approvals, Tool tool, Approval approval) {
        Set<String> certain = tool.certainReach();
        return tool.hasFollowUp() && some(approvals, Catalogue.get(TicketPage.UPDATE), approval)
                || of(approvals, tool, certain) == approval
                || tool.possibleReach().stream().anyMatch(effect -> {
                    Set<String> more = new HashSet<>(certain);
                    more.add(effect);
                    return of(approvals, tool, more) == approval;
                });
    }

    /** Whether every call of the tool is denied. */
    public static boolean denies(Approvals approvals, Tool tool) {
        return of(approvals, tool, tool.certainReach()) == Approval.DENY;
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
