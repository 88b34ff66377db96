package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions of a survey and one contact's ratings. That CSAT ratings range from -3 to 3 is inferred. */
public final class SurveyAnswers extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public SurveyAnswers(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the first question} */
    public @Nullable String surveyQuestion() {
        return text("survey_question");
    }

    /** {@return the rating for the first question} */
    public @Nullable Long rating() {
        return integer("rating");
    }

    /** {@return the second question, or null if there is none} */
    public @Nullable String csQuestion2() {
        return text("cs_question_2");
    }

    /** {@return the rating for the second question} */
    public @Nullable Long csRating2() {
        return integer("cs_rating_2");
    }

    /** {@return the third question, or null if there is none} */
    public @Nullable String csQuestion3() {
        return text("cs_question_3");
    }

    /** {@return the rating for the third question} */
    public @Nullable Long csRating3() {
        return integer("cs_rating_3");
    }
}
