package io.github.desk365mcp.tools;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.Desk365Exception;

/** The innermost ring: calls the helpdesk, and puts what it says into the model's words. */
final class InvokeStage implements Stage.Next {

    private final Desk365Client desk;
    private final Names names;

    InvokeStage(Desk365Client desk, Names names) {
        this.desk = desk;
        this.names = names;
    }

    @Override
    public Outcome run(Call call) {
        Desk365Client client = call.context().cancellation() == null
                ? desk
                : desk.with(options -> options.cancellation(call.context().cancellation()));
        try {
            Object result = call.tool().handler().handle(client, new Arguments(call));
            return new Outcome.Done(call.tool().answer().convert(result));
        } catch (RefusedException refused) {
            return refused.outcome();
        } catch (Desk365Exception failure) {
            return Failures.explain(call, failure, names);
        }
    }
}
