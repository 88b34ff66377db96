/** The Desk365 helpdesk as tools for any MCP host. */
@SuppressWarnings("requires-automatic") // The official SDK and Micrometer name their modules in their manifests alone.
module io.github.desk365mcp.tools {
    requires transitive io.github.desk365mcp.api;
    requires transitive org.jspecify;
    requires org.jsoup;
    requires static com.networknt.schema;
    requires static java.desktop;
    requires static transitive java.sql;
    requires static org.apache.pdfbox;
    requires static org.apache.pdfbox.io;
    requires static io.modelcontextprotocol.sdk.mcp.core;
    requires static reactor.core;
    requires static micrometer.commons;
    requires static micrometer.core;
    requires static micrometer.observation;

    // Plug-ins for images.
    uses javax.imageio.spi.ImageReaderSpi;

    exports io.github.desk365mcp.tools;
    exports io.github.desk365mcp.tools.host;
    exports io.github.desk365mcp.tools.jdbc;
    exports io.github.desk365mcp.tools.mcp;
    exports io.github.desk365mcp.tools.observe;
}
