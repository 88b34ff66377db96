/** A typed client for the Desk365 REST API, version 3. */
module io.github.desk365mcp.api {
    requires transitive okhttp3;
    requires transitive org.jspecify;
    requires tools.jackson.core;

    exports io.github.desk365mcp.api;
    exports io.github.desk365mcp.api.model;
}
