package io.github.desk365mcp.tools.internal.core;

import java.util.List;

/** One stage of the pipeline: sees the call before the stages inside it, and the outcome after them. */
public interface Stage {

    Outcome run(Call call, Next next);

    /** The stages inside this one. */
    interface Next {

        Outcome run(Call call);
    }

    /** The stage, or one that only passes the call on. */
    static Stage when(boolean isWanted, Stage stage) {
        return isWanted ? stage : (call, next) -> next.run(call);
    }

    /** Nests the stages, the outermost first; the last one must not pass the call on. */
    static Next chain(List<Stage> stages) {
        Next inner = call -> {
            throw new IllegalStateException("There is no further stage");
        };
        for (int i = stages.size() - 1; i >= 0; i--) {
            inner = stages.get(i).around(inner);
        }
        return inner;
    }

    /** Puts this stage around the others. */
    default Next around(Next inner) {
        return call -> run(call, inner);
    }
}
