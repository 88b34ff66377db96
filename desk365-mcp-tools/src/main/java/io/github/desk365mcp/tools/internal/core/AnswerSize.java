package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The maximum size of an answer. Larger answers lose whole items and whole fields, never parts of them.
 *
 * @param tokens the maximum
 * @param estimator counts the tokens of a JSON text; null to estimate them from its length
 * @param mark the tokens that marking one text takes; 0 if texts are not marked
 */
public record AnswerSize(int tokens, @Nullable ToIntFunction<String> estimator, int mark) {

    /** Smaller fields, such as numbers and names, save little and identify the record. */
    private static final int SMALL = 30;

    static final AnswerSize UNLIMITED = new AnswerSize(Integer.MAX_VALUE, null, 0);

    public static AnswerSize of(Policy policy) {
        ToIntFunction<String> estimator = policy.tokenEstimator();
        String mark = OutsideMarks.sample();
        int marked = !policy.marksOutsideText() ? 0 : estimator == null ? estimate(mark) : estimator.applyAsInt(mark);
        return new AnswerSize(policy.answerTokens(), estimator, marked);
    }

    public static int estimate(String json) {
        return tokens(
                json.chars().map(letter -> JsonLength.inUtf8((char) letter)).sum());
    }

    /** JSON with names, times and prose has about 3.5 bytes per token. */
    private static int tokens(int bytes) {
        return (int) Math.ceil(bytes / 3.5);
    }

    public int of(Map<String, ?> json) {
        if (tokens == Integer.MAX_VALUE) {
            return 0;
        }
        return estimator == null ? tokens(JsonLength.of(json)) : estimator.applyAsInt(Text.json(json));
    }

    /** Returns the size of a record with the marks of its texts. */
    public int of(Map<String, ?> record, RecordMapping shape) {
        return mark == 0
                ? of(record)
                : of(record) + mark * shape.written(record, false).size();
    }

    /**
     * Removes the largest fields from a record until it is small enough or only small fields are left; returns the
     * names of the removed fields.
     */
    public List<String> slim(Map<String, Object> record, int most, AnswerOptions view) {
        List<String> leftOut = new ArrayList<>();
        int size = of(record);
        if (size <= most) {
            return leftOut;
        }
        List<Map.Entry<String, Integer>> largest = new ArrayList<>();
        record.forEach((name, value) -> {
            int fieldSize = view.asksFor(name) ? 0 : of(Map.of(name, value));
            if (fieldSize > SMALL) {
                largest.add(Map.entry(name, fieldSize));
            }
        });
        largest.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
        for (Map.Entry<String, Integer> field : largest) {
            if (size > most) {
                record.remove(field.getKey());
                leftOut.add(field.getKey());
                size -= field.getValue();
            }
        }
        return leftOut;
    }
}
