package io.github.desk365mcp.api.model;

/** In which order the choices of a survey stand. Known from one source. */
public enum RatingOrder implements Code {
    /** The best choice first. */
    GOOD_TO_BAD(1),
    /** The worst choice first. */
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
