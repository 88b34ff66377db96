package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Completes a call that has an approval token: arguments that it leaves out are those of the previewed call, except the
 * identifiers, which say once more what is meant. Arguments that it has must be those of the preview.
 */
public final class RecallStage implements Stage {

    private final ApprovalTokens tokens;

    public RecallStage(ApprovalTokens tokens) {
        this.tokens = tokens;
    }

    /** What the second call needs, for a sentence: the approval_token and the tool's required identifiers. */
    static String needed(Tool tool) {
        List<String> names = new ArrayList<>();
        OwnRow own = tool.own();
        if (own != null) {
            names.addAll(own.required());
        }
        tool.open().stream().filter(RecallStage::isIdentifier).map(Param::name).forEach(names::add);
        names.add("the " + ApprovalTokens.ARGUMENT);
        return Text.list(names, "and");
    }

    private static boolean isIdentifier(@Nullable Param<?> param) {
        return param != null && param.isRequired() && !param.sources().isEmpty();
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (!(call.arguments().get(ApprovalTokens.ARGUMENT) instanceof String token)
                || call.tool().param(ApprovalTokens.ARGUMENT) == null) {
            return next.run(call);
        }
        Map<String, Object> previewed = tokens.arguments(token, call);
        if (previewed == null) {
            // The later stages answer a call with all arguments, which may be a repetition.
            return isWhole(call) ? next.run(call) : RedeemStage.NOT_GOOD;
        }
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
        List<String> others = new ArrayList<>();
        for (String name : names(call, previewed)) {
            Param<?> param = call.tool().param(name);
            Object given = arguments.get(name);
            Object shown = previewed.get(name);
            if (name.equals(ApprovalTokens.ARGUMENT) || isIdentifier(param) && isLeftOut(param, given)) {
                continue;
            }
            if (!isLeftOut(param, given) || call.notes().isGivenEmpty(name) && shown != null) {
                if (!Fingerprint.isSame(given, shown)) {
                    others.add(name);
                }
            } else if (shown != null) {
                arguments.put(name, shown);
            }
        }
        return others.isEmpty() ? next.run(call.withArguments(arguments)) : other(others);
    }

    /** The names of the arguments that are compared; those of a host's own tool are not known from its row. */
    private static Set<String> names(Call call, Map<String, Object> previewed) {
        Set<String> names = new LinkedHashSet<>();
        call.tool().params().forEach(param -> names.add(param.name()));
        if (call.tool().own() != null) {
            names.addAll(previewed.keySet());
            names.addAll(call.arguments().keySet());
        }
        return names;
    }

    /** An empty value of a required argument cannot be meant; some clients require one. */
    private static boolean isLeftOut(@Nullable Param<?> param, @Nullable Object given) {
        return given == null
                || (param == null || param.isRequired())
                        && (given instanceof String text && text.isBlank()
                                || List.of().equals(given));
    }

    private static boolean isWhole(Call call) {
        OwnRow own = call.tool().own();
        return own != null
                ? call.arguments().keySet().containsAll(own.required())
                : call.tool().open().stream()
                        .noneMatch(param -> param.isRequired()
                                && isLeftOut(param, call.arguments().get(param.name())));
    }

    private static Outcome other(List<String> names) {
        return new Outcome.Refused(
                ErrorCodes.APPROVAL_NOT_GOOD,
                "Nothing was done: " + Text.list(names, "and") + (names.size() == 1 ? " is" : " are")
                        + " not as in the preview of this approval_token. To do what the preview shows, leave "
                        + (names.size() == 1 ? "it" : "them")
                        + " out; for anything else, call again without approval_token for a new preview.");
    }
}
