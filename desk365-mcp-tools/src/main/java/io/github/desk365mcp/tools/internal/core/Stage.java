package io.github.desk365mcp.tools.internal.core;

/** One ring around the work: looks at the call on its way in, and at the outcome on its way out. */
public interface Stage {

    Outcome run(Call call, Next next);

    /** The rings further inside. */
    interface Next {

        Outcome run(Call call);
    }

    /** This ring around those. */
    default Next around(Next inner) {
        return call -> run(call, inner);
    }
}
