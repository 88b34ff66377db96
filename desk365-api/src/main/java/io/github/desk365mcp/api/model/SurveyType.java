package io.github.desk365mcp.api.model;

/** What a survey asks. Known from one source. */
public enum SurveyType implements Code {
    /** How satisfied a contact is. */
    CSAT(1),
    /** One to five stars. */
    FIVE_STARS(2),
    /** How likely a contact is to recommend. */
    NPS(3);

    private final int code;

    SurveyType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
