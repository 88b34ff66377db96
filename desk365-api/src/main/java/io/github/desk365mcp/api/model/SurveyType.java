package io.github.desk365mcp.api.model;

/** The kind of survey. Known from one source. */
public enum SurveyType implements Code {
    /** Customer satisfaction. */
    CSAT(1),
    /** Five stars. */
    FIVE_STARS(2),
    /** Net promoter score: how likely a contact is to recommend. */
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
