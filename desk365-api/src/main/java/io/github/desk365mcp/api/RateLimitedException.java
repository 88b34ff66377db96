package io.github.desk365mcp.api;

/** 429: the plan's calls are used up for now. This attempt did nothing. */
public final class RateLimitedException extends ApiException {

    private static final long serialVersionUID = 1;

    RateLimitedException(ErrorAnswer answer) {
        super(answer);
    }
}
