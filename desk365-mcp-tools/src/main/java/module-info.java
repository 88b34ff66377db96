/** The Desk365 helpdesk as tools for any MCP host. */
module io.github.desk365mcp.tools {
    requires transitive io.github.desk365mcp.api;
    requires transitive org.jspecify;
    requires com.networknt.schema;
    requires org.jsoup;

    exports io.github.desk365mcp.tools;
}
