package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Param.param;
import static io.github.desk365mcp.tools.internal.core.Type.FLAG;

import io.github.desk365mcp.tools.internal.core.Param;

/** The tool that describes the helpdesk's vocabulary. */
public final class DescriptionPage extends CataloguePage {

    private static final Param<Boolean> LOOK =
            param("look", FLAG).description("First reads tickets and agents: 2 calls.");

    DescriptionPage() {
        super("system");
    }

    @Override
    void write() {
        gets("describe_desk_365_helpdesk", "describe_helpdesk")
                .title("Describe the helpdesk")
                .description(
                        "Lists known values of the account (statuses, groups, agents, custom fields), the time and the"
                                + " calls left. Costs no call.")
                .takes(LOOK)
                .costs(0)
                .costsUpTo(HelpdeskDescription.LOOKS)
                .answers(HelpdeskDescription.ANSWER)
                .handler((desk, in) -> HelpdeskDescription.of(desk, in, Boolean.TRUE.equals(in.get(LOOK))));
    }
}
