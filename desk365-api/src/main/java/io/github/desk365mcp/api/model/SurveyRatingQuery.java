package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which answers to surveys are listed. Pages hold 30. */
public final class SurveyRatingQuery extends Input<SurveyRatingQuery> {

    /** Nothing is set at first. */
    public SurveyRatingQuery() {}

    /** How many answers are skipped. Default 0. */
    public SurveyRatingQuery offset(long offset) {
        return set("offset", offset);
    }
}
