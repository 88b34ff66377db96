package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Survey;
import io.github.desk365mcp.api.model.SurveyList;
import io.github.desk365mcp.api.model.SurveyRating;
import io.github.desk365mcp.api.model.SurveyRatingQuery;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Surveys and their responses. A survey is identified by its name and cannot be changed through the API. Known from one
 * source.
 */
public final class Surveys {

    private final Calls calls;

    Surveys(Calls calls) {
        this.calls = calls;
    }

    /** {@return all surveys, in one response} */
    public SurveyList list() {
        return calls.get(Operation.LIST_SURVEYS, Map.of(), SurveyList::new);
    }

    /**
     * Gets a survey.
     *
     * @param surveyName the exact name of a survey that was not deleted
     * @return the survey
     */
    public Survey get(String surveyName) {
        return calls.get(Operation.GET_SURVEY, Map.of("survey_name", surveyName), Survey::new);
    }

    /** {@return the responses to all surveys, oldest first, in pages of 30} */
    public Paged<SurveyRating> ratings() {
        return ratings(query -> {});
    }

    /**
     * Lists the responses to all surveys in pages of 30. There are no filters.
     *
     * @param query sets the offset
     * @return the responses, oldest first
     */
    public Paged<SurveyRating> ratings(Consumer<SurveyRatingQuery> query) {
        return calls.paged(
                Operation.LIST_SURVEY_RATINGS,
                Input.filled(new SurveyRatingQuery(), query),
                "survey_ratings",
                SurveyRating::new);
    }
}
