package io.github.desk365mcp.api.model;

/** The order of the choices in a survey. Known from one source. */
public enum RatingOrder implements Code {
    /** Best choice first. */
    GOOD_TO_BAD(1),
    /** Worst choice first. */
    BAD_TO_GOOD(2);

    private final int code;

    RatingOrder(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
