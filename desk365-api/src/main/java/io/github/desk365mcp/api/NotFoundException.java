package io.github.desk365mcp.api;

/** 404: there is no such record, or no such operation; the status does not tell which. */
public final class NotFoundException extends ApiException {

    private static final long serialVersionUID = 1;

    NotFoundException(ErrorAnswer answer) {
        super(answer);
    }
}
