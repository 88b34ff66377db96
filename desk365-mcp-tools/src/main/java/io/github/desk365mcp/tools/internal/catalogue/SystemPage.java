package io.github.desk365mcp.tools.internal.catalogue;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import java.util.Map;

/** The tool that checks the service. */
public final class SystemPage extends CataloguePage {

    SystemPage() {
        super("system");
    }

    @Override
    void write() {
        lists("list_all_desk_365_ping", "ping")
                .title("Check that Desk365 is up")
                .description("Checks whether Desk365 is up, but not the key or account.")
                .costs(0)
                .answers(RecordMapping.of(Field.text("message")))
                .handler((desk, in) -> new JsonDocument(Map.of("message", desk.ping())));
    }
}
