package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.Input;

/** Options for listing companies, which come in pages of 30. */
public final class CompanyQuery extends Input<CompanyQuery> {

    /** Creates an input with no fields set. */
    public CompanyQuery() {}

    /**
     * Skips companies.
     *
     * @param offset the number of companies to skip, 0 by default
     * @return this
     */
    public CompanyQuery offset(long offset) {
        return set("offset", offset);
    }
}
