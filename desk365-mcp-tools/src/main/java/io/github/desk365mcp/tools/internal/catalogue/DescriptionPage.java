package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;

import io.github.desk365mcp.tools.internal.core.Param;

/** The tools themselves, and the words of the helpdesk. */
public final class DescriptionPage extends CataloguePage {

    private static final Param<Boolean> LOOK =
            param("look", FLAG).description("Reads tickets and agents first: 2 calls.");

    DescriptionPage() {
        super("system");
    }

    @Override
    void write() {
        gets("describe_desk_365_helpdesk", "describe_helpdesk")
                .title("Describe the helpdesk")
                .description(
                        "The tools, the account's own words so far (statuses, groups, agents, custom fields) and the calls"
                                + " left. Costs no call.")
                .takes(LOOK)
                .costs(0)
                .answers(HelpdeskDescription.ANSWER)
                .handler((desk, in) -> HelpdeskDescription.of(desk, in, Boolean.TRUE.equals(in.get(LOOK))));
    }
}
