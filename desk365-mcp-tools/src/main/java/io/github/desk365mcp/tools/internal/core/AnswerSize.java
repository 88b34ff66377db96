package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.internal.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How large an answer may be, and what is left out of a larger one: whole items and whole fields, never a part of one.
 *
 * @param tokens at most so many
 * @param estimator how many tokens a JSON text is
 */
public record AnswerSize(int tokens, ToIntFunction<String> estimator) {

    /** Numbers and names are not worth leaving out, and say what the record is. */
    private static final int SMALL = 30;

    static final AnswerSize UNLIMITED = new AnswerSize(Integer.MAX_VALUE, json -> 0);

    /** By the given count of tokens; null for the estimate. */
    public static AnswerSize of(int tokens, @Nullable ToIntFunction<String> estimator) {
        return new AnswerSize(tokens, estimator == null ? AnswerSize::estimate : estimator);
    }

    /** Of JSON with names, times and prose, three bytes and a half are about a token. */
    public static int estimate(String json) {
        return (int) Math.ceil(json.getBytes(StandardCharsets.UTF_8).length / 3.5);
    }

    public int of(Map<String, ?> json) {
        return tokens == Integer.MAX_VALUE ? 0 : estimator.applyAsInt(Text.json(json));
    }

    /** Takes the largest fields out of a record until it is small enough, or but small ones are left; answers their names. */
    public List<String> slim(Map<String, Object> record, int most, AnswerOptions view) {
        List<String> leftOut = new ArrayList<>();
        int size = of(record);
        while (size > most) {
            String largest = null;
            int largestSize = 0;
            for (Map.Entry<String, Object> field : record.entrySet()) {
                int fieldSize = of(Map.of(field.getKey(), field.getValue()));
                if (fieldSize > Math.max(largestSize, SMALL) && !view.asksFor(field.getKey())) {
                    largest = field.getKey();
                    largestSize = fieldSize;
                }
            }
            if (largest == null) {
                break;
            }
            record.remove(largest);
            leftOut.add(largest);
            size -= largestSize;
        }
        return leftOut;
    }
}
