/** An in-memory Desk365 helpdesk on loopback, for tests, examples and demonstrations. */
module io.github.desk365mcp.sandbox {
    requires com.networknt.schema;
    requires jdk.httpserver;
    requires org.apache.commons.fileupload2.core;
    requires transitive org.jspecify;
    requires static org.junit.jupiter.api;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports io.github.desk365mcp.sandbox;
    exports io.github.desk365mcp.sandbox.junit;
}
