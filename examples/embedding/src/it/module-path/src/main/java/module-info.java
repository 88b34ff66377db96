module scratch {
    requires io.github.desk365mcp.sandbox;
    requires io.github.desk365mcp.tools;
}
