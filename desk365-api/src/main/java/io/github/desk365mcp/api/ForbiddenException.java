package io.github.desk365mcp.api;

/**
 * 403: access is denied. One source saw this with a key of another subdomain. That contracts cause it without the
 * vendor's access grant is inferred.
 */
public final class ForbiddenException extends ApiException {

    private static final long serialVersionUID = 1;

    ForbiddenException(ErrorAnswer answer) {
        super(answer);
    }
}
