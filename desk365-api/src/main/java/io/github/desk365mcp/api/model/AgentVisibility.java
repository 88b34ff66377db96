package io.github.desk365mcp.api.model;

/** Which agents can see a category of the knowledge base. Known from one source. */
public enum AgentVisibility implements Code {
    /** All agents. */
    ALL(1),
    /** Only agents in the listed groups. */
    GROUPS(2);

    private final int code;

    AgentVisibility(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
