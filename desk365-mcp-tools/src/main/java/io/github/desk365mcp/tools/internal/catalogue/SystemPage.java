package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Shape;
import java.util.Map;

/** The helpdesk as a whole. */
public final class SystemPage extends CataloguePage {

    SystemPage() {
        super("system");
    }

    @Override
    void write() {
        lists("list_all_desk_365_ping", "ping")
                .title("Check that Desk365 is up")
                .says("Tells whether Desk365 is up; it checks neither key nor account.")
                .costs(0)
                .answers(Shape.of(Field.text("message")))
                .does((desk, in) -> new JsonDocument(Map.of("message", desk.ping())));
    }
}
