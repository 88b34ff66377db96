package io.github.desk365mcp.api.model;

/** Changes to a company. */
public final class CompanyUpdate extends CompanyFields<CompanyUpdate> {

    /** Creates an input with no fields set. */
    public CompanyUpdate() {}

    /**
     * Renames the company. That the service renames companies is inferred, and so is that references to the old name
     * break.
     *
     * @param newName the new name
     * @return this
     */
    public CompanyUpdate rename(String newName) {
        return set("name", newName);
    }
}
