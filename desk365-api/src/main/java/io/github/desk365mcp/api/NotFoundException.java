package io.github.desk365mcp.api;

/** 404: the record or the operation does not exist; the status does not say which. */
public final class NotFoundException extends ApiException {

    private static final long serialVersionUID = 1;

    NotFoundException(ErrorAnswer answer) {
        super(answer);
    }
}
