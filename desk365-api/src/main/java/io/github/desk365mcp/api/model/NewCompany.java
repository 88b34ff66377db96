package io.github.desk365mcp.api.model;

/** Optional fields of a new company. */
public final class NewCompany extends CompanyFields<NewCompany> {

    /** Creates an input with no fields set. */
    public NewCompany() {}
}
