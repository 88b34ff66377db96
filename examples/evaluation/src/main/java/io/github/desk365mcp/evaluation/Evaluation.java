package io.github.desk365mcp.evaluation;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a model one task after the other, and checks what it did and said. */
final class Evaluation {

    /** A model that is still calling tools then has lost its way. */
    private static final int MOST_TURNS = 40;

    private final Helpdesk helpdesk;
    private final Supplier<Endpoint> endpoints;
    private final Model model;

    /** @param endpoints opens a connection for each task, so that no task sees what another has left in the server */
    Evaluation(Helpdesk helpdesk, Supplier<Endpoint> endpoints, Model model) {
        this.helpdesk = helpdesk;
        this.endpoints = endpoints;
        this.model = model;
    }

    Result run(Task task) throws InterruptedException {
        helpdesk.reset();
        Result result = new Result(task.name());
        long start = System.nanoTime();
        try (Endpoint endpoint = endpoints.get()) {
            String said = converse(task, endpoint, result);
            result.seconds = (System.nanoTime() - start) / 1e9;
            judge(task, said, result);
        } catch (IOException | RuntimeException e) {
            result.problems.add("it ended early: " + e.getMessage());
        }
        return result;
    }

    private String converse(Task task, Endpoint endpoint, Result result) throws IOException, InterruptedException {
        List<Tool> tools = endpoint.tools();
        result.definitions = size(ModelApi.JSON.writeValueAsString(tools));
        Model.Conversation conversation = model.begin(tools);
        Model.Turn turn = conversation.ask(task.ask());
        for (int turns = 1; turns < MOST_TURNS; turns++) {
            result.read += turn.read();
            result.written += turn.written();
            if (turn.calls().isEmpty()) {
                return turn.text();
            }
            List<Model.Answer> answers = new ArrayList<>();
            for (Model.Call call : turn.calls()) {
                Model.Answer answer = endpoint.call(call);
                result.calls++;
                result.errors += answer.isError() ? 1 : 0;
                result.answers += size(answer.text());
                answers.add(answer);
            }
            turn = conversation.answer(answers);
        }
        throw new IOException("the model did not finish within " + MOST_TURNS + " turns");
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void judge(Task task, String said, Result result) throws IOException, InterruptedException {
        int writes = helpdesk.writes();
        if (task.writes() != null && writes != task.writes()) {
            result.problems.add(writes + " requests changed the helpdesk, not " + task.writes());
        }
        if (task.calls() != null && result.calls > task.calls()) {
            result.problems.add(result.calls + " calls, more than " + task.calls());
        }
        if (task.says() != null) {
            for (String expected : task.says()) {
                if (!find(expected, said).find()) {
                    result.problems.add("the answer does not say " + expected);
                }
            }
        }
        if (task.state() != null) {
            for (Check check : task.state()) {
                String problem = check.problem(helpdesk);
                if (problem != null) {
                    result.problems.add(problem);
                }
            }
        }
        if (task.untrue() != null) {
            for (Task.Claim claim : task.untrue()) {
                Matcher found = find(claim.says(), said);
                if (found.find() && (claim.unless() == null || claim.unless().problem(helpdesk) != null)) {
                    result.untrue.add(found.group());
                }
            }
        }
    }

    private static Matcher find(String expression, String text) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text);
    }
}
