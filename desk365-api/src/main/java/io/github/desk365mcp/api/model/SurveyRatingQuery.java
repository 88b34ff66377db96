package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Options for listing survey responses, which come in pages of 30. */
public final class SurveyRatingQuery extends Input<SurveyRatingQuery> {

    /** Creates an input with no fields set. */
    public SurveyRatingQuery() {}

    /**
     * Skips survey responses.
     *
     * @param offset the number of responses to skip, 0 by default
     * @return this
     */
    public SurveyRatingQuery offset(long offset) {
        return set("offset", offset);
    }
}
