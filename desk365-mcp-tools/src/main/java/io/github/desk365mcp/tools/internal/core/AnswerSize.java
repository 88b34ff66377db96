package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The maximum size of an answer. Larger answers lose whole items and whole fields, never parts of them.
 *
 * @param tokens the maximum
 * @param estimator counts the tokens of a JSON text
 * @param mark the tokens that marking one text takes; 0 if texts are not marked
 */
public record AnswerSize(int tokens, ToIntFunction<String> estimator, int mark) {

    /** Smaller fields, such as numbers and names, save little and identify the record. */
    private static final int SMALL = 30;

    static final AnswerSize UNLIMITED = new AnswerSize(Integer.MAX_VALUE, json -> 0, 0);

    public static AnswerSize of(Policy policy) {
        ToIntFunction<String> given = policy.tokenEstimator();
        ToIntFunction<String> estimator = given == null ? AnswerSize::estimate : given;
        int mark = policy.marksOutsideText() ? estimator.applyAsInt(OutsideMarks.sample()) : 0;
        return new AnswerSize(policy.answerTokens(), estimator, mark);
    }

    /** JSON with names, times and prose has about 3.5 bytes per token. */
    public static int estimate(String json) {
        return (int) Math.ceil(bytes(json) / 3.5);
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            bytes += letter < 0x80 ? 1 : letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
        }
        return bytes;
    }

    public int of(Map<String, ?> json) {
        return tokens == Integer.MAX_VALUE ? 0 : estimator.applyAsInt(Text.json(json));
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
