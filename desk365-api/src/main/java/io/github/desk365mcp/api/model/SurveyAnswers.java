package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions of a survey, and the answers of one contact. That ratings for CSAT go from -3 to 3 is inferred. */
public final class SurveyAnswers extends JsonDocument {

    /** A view over these fields. */
    public SurveyAnswers(Map<String, ?> fields) {
        super(fields);
    }

    /** The first question. */
    public @Nullable String surveyQuestion() {
        return text("survey_question");
    }

    /** The answer to the first question. */
    public @Nullable Long rating() {
        return integer("rating");
    }

    /** The second question; null if there is none. */
    public @Nullable String csQuestion2() {
        return text("cs_question_2");
    }

    /** The answer to the second question. */
    public @Nullable Long csRating2() {
        return integer("cs_rating_2");
    }

    /** The third question; null if there is none. */
    public @Nullable String csQuestion3() {
        return text("cs_question_3");
    }

    /** The answer to the third question. */
    public @Nullable Long csRating3() {
        return integer("cs_rating_3");
    }
}
