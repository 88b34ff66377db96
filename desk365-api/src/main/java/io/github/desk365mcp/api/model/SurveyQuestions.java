package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions of a survey. */
public final class SurveyQuestions extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public SurveyQuestions(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the first question} */
    public @Nullable String surveyQuestion() {
        return text("survey_question");
    }

    /** {@return the second question, or null if there is none} */
    public @Nullable String csQuestion2() {
        return text("cs_question_2");
    }

    /** {@return the third question, or null if there is none} */
    public @Nullable String csQuestion3() {
        return text("cs_question_3");
    }
}
