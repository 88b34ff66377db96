package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Company;
import io.github.desk365mcp.api.model.CompanyQuery;
import io.github.desk365mcp.api.model.CompanyUpdate;
import io.github.desk365mcp.api.model.NewCompany;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The companies that contacts belong to. A company is identified by its name and cannot be deleted. */
public final class Companies {

    private final Calls calls;

    Companies(Calls calls) {
        this.calls = calls;
    }

    /** {@return all companies, in pages of 30} */
    public Paged<Company> list() {
        return list(query -> {});
    }

    /**
     * Lists companies in pages of 30. There are no filters.
     *
     * @param query sets the offset
     * @return the companies
     */
    public Paged<Company> list(Consumer<CompanyQuery> query) {
        return calls.paged(Operation.LIST_COMPANIES, Input.filled(new CompanyQuery(), query), "content", Company::new);
    }

    /**
     * Gets a company.
     *
     * @param companyName the exact name of the company
     * @return the company
     */
    public Company get(String companyName) {
        return calls.get(Operation.GET_COMPANY, Map.of("name", companyName), Company::new);
    }

    /**
     * Creates a company.
     *
     * @param name the name of the company
     * @param more sets optional fields
     * @return the new company, possibly with only the fields that were sent
     */
    public Company create(String name, Consumer<NewCompany> more) {
        return calls.write(Operation.CREATE_COMPANY, Map.of(), newCompany(name, more), Company::new);
    }

    /**
     * Creates a company and uploads files. To create one without files, use {@link #create(String, Consumer)}.
     *
     * <p>Unverified: no source mentions this operation; it is assumed to work as for tickets.
     * {@link Desk365Client.Builder#path} changes its path.
     *
     * @param name the name of the company
     * @param more sets optional fields
     * @param attachments the files, at least one
     * @return the new company
     */
    public Company create(String name, Consumer<NewCompany> more, List<Attachment> attachments) {
        Map<String, Object> company = newCompany(name, more);
        return calls.upload(Operation.CREATE_COMPANY_WITH_ATTACHMENT, Map.of(), company, attachments, Company::new);
    }

    private static Map<String, Object> newCompany(String name, Consumer<NewCompany> more) {
        return Input.filled(new NewCompany().set("name", name), more);
    }

    /**
     * Updates a company. That fields which are not set keep their values is likely but not documented. Known from one
     * source.
     *
     * @param companyName the current name of the company
     * @param changes sets the fields to change
     * @return the updated company, possibly with only the fields that were sent
     */
    public Company update(String companyName, Consumer<CompanyUpdate> changes) {
        Map<String, Object> update = Input.filled(new CompanyUpdate(), changes);
        return calls.write(Operation.UPDATE_COMPANY, Map.of("company_name", companyName), update, Company::new);
    }
}
