package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Company;
import io.github.desk365mcp.api.model.CompanyFields;
import io.github.desk365mcp.api.model.CompanyQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The companies that contacts belong to. A company is known by its name, and cannot be deleted. */
public final class Companies {

    private final Calls calls;

    Companies(Calls calls) {
        this.calls = calls;
    }

    /** All companies, in pages of 30. */
    public Paged<Company> list() {
        return list(query -> {});
    }

    /** The companies from an offset on, in pages of 30. There are no filters. */
    public Paged<Company> list(Consumer<CompanyQuery> query) {
        return calls.paged(Operation.LIST_COMPANIES, Input.filled(new CompanyQuery(), query), "content", Company::new);
    }

    /** The company with this exact name. */
    public Company get(String companyName) {
        return calls.get(Operation.GET_COMPANY, Map.of("name", companyName), Company::new);
    }

    /** Adds a company. What comes back are perhaps only the fields that were sent. */
    public Company create(String name, Consumer<CompanyFields> more) {
        return calls.write(Operation.CREATE_COMPANY, Map.of(), newCompany(name, more), Company::new);
    }

    /**
     * Adds a company and sends files along. Unverified: no source names the operation, and all of it is taken by
     * analogy from tickets; {@link Desk365Client.Builder#path} changes its path. Without files use
     * {@link #create(String, Consumer)}.
     */
    public Company create(String name, Consumer<CompanyFields> more, List<Attachment> attachments) {
        Map<String, Object> company = newCompany(name, more);
        return calls.upload(Operation.CREATE_COMPANY_WITH_ATTACHMENT, Map.of(), company, attachments, Company::new);
    }

    private static Map<String, Object> newCompany(String name, Consumer<CompanyFields> more) {
        return Input.filled(new CompanyFields().set("name", name), more);
    }

    /**
     * Changes what the lambda sets. That the rest stays as it is is likely, though promised nowhere. What comes back
     * are perhaps only the fields that were sent. Known from one source.
     *
     * @param companyName the present name
     */
    public Company update(String companyName, Consumer<CompanyFields> changes) {
        Map<String, Object> update = Input.filled(new CompanyFields(), changes);
        return calls.write(Operation.UPDATE_COMPANY, Map.of("company_name", companyName), update, Company::new);
    }
}
