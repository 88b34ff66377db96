package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Survey;
import io.github.desk365mcp.api.model.SurveyList;
import io.github.desk365mcp.api.model.SurveyRating;
import io.github.desk365mcp.api.model.SurveyRatingQuery;
import java.util.Map;
import java.util.function.Consumer;

/** Surveys, and what contacts answered. A survey is known by its name; it cannot be changed here. One source. */
public final class Surveys {

    private final Calls calls;

    Surveys(Calls calls) {
        this.calls = calls;
    }

    /** All surveys, at once. */
    public SurveyList list() {
        return calls.get(Operation.LIST_SURVEYS, Map.of(), SurveyList::new);
    }

    /** The survey with this exact name, unless it was deleted. */
    public Survey get(String surveyName) {
        return calls.get(Operation.GET_SURVEY, Map.of("survey_name", surveyName), Survey::new);
    }

    /** What contacts answered, to all surveys, the oldest first, in pages of 30. */
    public Paged<SurveyRating> ratings() {
        return ratings(query -> {});
    }

    /** What contacts answered, from an offset on, in pages of 30. There are no filters. */
    public Paged<SurveyRating> ratings(Consumer<SurveyRatingQuery> query) {
        return calls.paged(
                Operation.LIST_SURVEY_RATINGS,
                Input.filled(new SurveyRatingQuery(), query),
                "survey_ratings",
                SurveyRating::new);
    }
}
