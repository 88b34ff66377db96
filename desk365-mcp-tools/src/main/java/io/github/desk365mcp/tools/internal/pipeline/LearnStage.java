package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.internal.account.VocabularyLearner;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.Stage;

/** Learns the account's vocabulary from answers, to repair and check later calls. */
public final class LearnStage implements Stage {

    @Override
    public Outcome run(Call call, Next next) {
        Outcome outcome = next.run(call);
        // A field of a host's own tool may mean anything.
        if (outcome instanceof Outcome.Done done && call.tool().own() == null) {
            VocabularyLearner.learn(call.account().words(), done.answer());
        }
        return outcome;
    }
}
