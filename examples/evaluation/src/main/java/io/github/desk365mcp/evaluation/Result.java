package io.github.desk365mcp.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of one task. */
final class Result {

    final String task;

    /** What is not as the task asks; empty if it is right. */
    final List<String> problems = new ArrayList<>();

    /** Claims of the final answer that are not true. */
    final List<String> untrue = new ArrayList<>();

    int calls;
    int errors;

    /** Bytes of JSON. */
    int definitions;

    /** Bytes of all answers of tools. */
    int answers;

    /** Tokens, as the model's API counts them. */
    long read;

    long written;
    double seconds;

    Result(String task) {
        this.task = task;
    }

    boolean isRight() {
        return problems.isEmpty() && untrue.isEmpty();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", task);
        map.put("right", isRight());
        map.put("calls", calls);
        map.put("errors", errors);
        map.put("tokens_read", read);
        map.put("tokens_written", written);
        map.put("bytes_of_definitions", definitions);
        map.put("bytes_of_answers", answers);
        map.put("untrue", untrue);
        map.put("problems", problems);
        map.put("seconds", seconds);
        return map;
    }
}
