package io.github.desk365mcp.api;

import io.github.desk365mcp.api.model.Company;
import java.util.Map;

/** The companies that contacts belong to. A company is known by its name, and cannot be deleted. */
public final class Companies {

    private final Desk365Client desk;

    Companies(Desk365Client desk) {
        this.desk = desk;
    }

    /** The company with this exact name. */
    public Company get(String companyName) {
        return desk.get(Operation.GET_COMPANY, Map.of("name", companyName), Company::new);
    }
}
