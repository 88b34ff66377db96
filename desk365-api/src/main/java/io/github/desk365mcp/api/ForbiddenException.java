package io.github.desk365mcp.api;

/**
 * 403: access is refused. A key of another subdomain was seen to be answered so (one source); that contracts are, where
 * the vendor has not granted access to them, is inferred.
 */
public final class ForbiddenException extends ApiException {

    private static final long serialVersionUID = 1;

    ForbiddenException(ErrorAnswer answer) {
        super(answer);
    }
}
