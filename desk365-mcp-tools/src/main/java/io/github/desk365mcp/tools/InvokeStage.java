package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Cancellation;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;

/** The innermost ring: calls the helpdesk, and puts what it says into the model's words. */
final class InvokeStage implements Stage.Next {

    private final Names names;

    InvokeStage(Names names) {
        this.names = names;
    }

    @Override
    public Outcome run(Call call) {
        Cancellation cancellation = call.context().cancellation();
        Desk365Client desk = call.helpdesk().desk();
        if (cancellation != null) {
            desk = desk.with(options -> options.cancellation(cancellation));
        }
        try {
            Object result = call.tool().handler().handle(desk, new Arguments(call));
            return new Outcome.Done(call.tool().answer().convert(result));
        } catch (RefusedException refused) {
            return refused.outcome();
        } catch (Desk365Exception failure) {
            return Failures.explain(call, failure, names);
        }
    }
}
