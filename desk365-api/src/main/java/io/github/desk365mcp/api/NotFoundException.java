package io.github.desk365mcp.api;

/** 404: no record has this number, address or name. */
public final class NotFoundException extends ApiException {

    private static final long serialVersionUID = 1;

    NotFoundException(ErrorAnswer answer) {
        super(answer);
    }
}
