package io.github.desk365mcp.tools.internal.core;

import java.util.List;

/** One ring around the work: looks at the call on its way in, and at the outcome on its way out. */
public interface Stage {

    Outcome run(Call call, Next next);

    /** The rings further inside. */
    interface Next {

        Outcome run(Call call);
    }

    /** The stage, or nothing in its place. */
    static Stage when(boolean isWanted, Stage stage) {
        return isWanted ? stage : (call, next) -> next.run(call);
    }

    /** All of them, the outermost first; the last one goes no further. */
    static Next chain(List<Stage> stages) {
        Next inner = call -> {
            throw new IllegalStateException("There is no further stage");
        };
        for (int i = stages.size() - 1; i >= 0; i--) {
            inner = stages.get(i).around(inner);
        }
        return inner;
    }

    /** This ring around those. */
    default Next around(Next inner) {
        return call -> run(call, inner);
    }
}
