package io.github.desk365mcp.api;

/** 403: the key belongs to another subdomain, or the endpoint needs access that the vendor grants (contracts do). */
public final class ForbiddenException extends ApiException {

    private static final long serialVersionUID = 1;

    ForbiddenException(ErrorAnswer answer) {
        super(answer);
    }
}
