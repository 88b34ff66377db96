package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Which companies are listed. Pages hold 30. */
public final class CompanyQuery extends Input<CompanyQuery> {

    /** Nothing is set at first. */
    public CompanyQuery() {}

    /** How many companies are skipped. Default 0. */
    public CompanyQuery offset(long offset) {
        return set("offset", offset);
    }
}
