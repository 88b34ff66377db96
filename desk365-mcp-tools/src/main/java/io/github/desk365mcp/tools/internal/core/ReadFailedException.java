package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.api.Desk365Exception;

/** Thrown by a handler that writes when a request fails that only read, before anything was changed. */
public final class ReadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Desk365Exception failure;

    public ReadFailedException(Desk365Exception failure) {
        super(failure);
        this.failure = failure;
    }

    public Desk365Exception failure() {
        return failure;
    }
}
