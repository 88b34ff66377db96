package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.JsonDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One record.
 *
 * @param uploaded whether files are sent with it, which the answer then lists
 */
public record RecordAnswer(RecordMapping shape, boolean uploaded) implements Answer {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = shape.properties();
        if (uploaded) {
            properties.put("sent_files", Answer.array("object"));
        }
        return Answer.schemaOf(properties);
    }

    @Override
    public List<Param<?>> takes() {
        List<Param<?>> params = new ArrayList<>();
        AnswerOptions.fields(shape).ifPresent(params::add);
        if (shape.hasBodies()) {
            params.add(AnswerOptions.BODY_FORMAT);
        }
        return params;
    }

    @Override
    public Map<String, Object> convert(Object result, AnswerOptions view) {
        JsonDocument document = uploaded ? ((Uploaded) result).answer() : (JsonDocument) result;
        Map<String, Object> answer = shape.convert(document.toMap(), view);
        List<String> leftOut = view.size().slim(answer, view.size().tokens(), view);
        if (!leftOut.isEmpty()) {
            Map<String, Object> truncated = Answer.truncated(answer);
            truncated.put("fields_left_out", leftOut);
            Map<String, Object> picking = view.picking(leftOut, shape);
            if (!picking.isEmpty()) {
                truncated.put("get_with", view.again(picking));
            }
        }
        view.mark(answer, List.of(answer), shape);
        if (uploaded) {
            answer.put("sent_files", ((Uploaded) result).files());
        }
        return answer;
    }

    @Override
    public Map<String, String> untrusted(Map<String, Object> answer) {
        return written(answer, false);
    }

    @Override
    public Map<String, String> unknown(Map<String, Object> answer) {
        return written(answer, true);
    }

    private Map<String, String> written(Map<String, Object> answer, boolean unknownAlone) {
        Map<String, String> untrusted = new LinkedHashMap<>();
        shape.written(answer, unknownAlone).forEach((name, writer) -> untrusted.put(name, writer.word()));
        return untrusted;
    }
}
