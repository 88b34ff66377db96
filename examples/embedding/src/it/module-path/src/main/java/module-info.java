module scratch {
    requires io.github.desk365mcp.tools;
    requires jdk.httpserver;
}
