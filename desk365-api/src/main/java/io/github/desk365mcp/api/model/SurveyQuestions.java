package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions of a survey. */
public final class SurveyQuestions extends JsonDocument {

    /** A view over these fields. */
    public SurveyQuestions(Map<String, ?> fields) {
        super(fields);
    }

    /** The first question. */
    public @Nullable String surveyQuestion() {
        return text("survey_question");
    }

    /** The second question; null if there is none. */
    public @Nullable String csQuestion2() {
        return text("cs_question_2");
    }

    /** The third question; null if there is none. */
    public @Nullable String csQuestion3() {
        return text("cs_question_3");
    }
}
