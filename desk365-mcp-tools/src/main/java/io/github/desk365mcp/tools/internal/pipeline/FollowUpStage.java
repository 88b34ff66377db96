package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.catalogue.TicketPage;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.repair.RepairStage;
import io.github.desk365mcp.tools.internal.repair.SettingsStage;
import io.github.desk365mcp.tools.internal.repair.ValidateStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the change of the ticket that follows a message, as a call of the tool that changes tickets: what the operator has
 * set or limited there holds here too.
 */
final class FollowUpStage implements Stage {

    private final @Nullable Tool change;
    private final List<Stage> checks = List.of(new RepairStage(), new SettingsStage(), new ValidateStage());

    /** @param change the tool that changes tickets; null if the policy does not allow it */
    FollowUpStage(@Nullable Tool change) {
        this.change = change;
    }

    @Override
    public Outcome run(Call call, Next next) {
        if (change == null
                || !call.tool().hasFollowUp()
                || !(call.arguments().get(Tool.THEN) instanceof Map<?, ?> given)) {
            return next.run(call);
        }
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments());
        if (given.isEmpty()) {
            arguments.remove(Tool.THEN);
            return next.run(call.withArguments(arguments));
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put(TicketPage.NUMBER.name(), call.arguments().get(TicketPage.NUMBER.name()));
        given.forEach((name, value) -> wanted.put(String.valueOf(name), value));
        Call[] valid = new Call[1];
        Next check = checked -> {
            valid[0] = checked;
            return Outcome.CANCELLED;
        };
        for (int i = checks.size() - 1; i >= 0; i--) {
            check = checks.get(i).around(check);
        }
        Call asked = call.aside(change, wanted);
        Outcome outcome = check.run(asked);
        if (valid[0] == null) {
            Outcome.Refused refused = (Outcome.Refused) outcome;
            return new Outcome.Refused(refused.code(), "In then: " + refused.message());
        }
        asked.notes().repairs().forEach(repair -> call.notes().repaired(Tool.THEN + ": " + repair));
        call.notes().followedBy(valid[0]);
        Map<String, Object> repaired = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            Object known = valid[0].arguments().get(String.valueOf(name));
            repaired.put(String.valueOf(name), known == null ? value : known);
        });
        arguments.put(Tool.THEN, repaired);
        return next.run(call.withArguments(arguments));
    }
}
