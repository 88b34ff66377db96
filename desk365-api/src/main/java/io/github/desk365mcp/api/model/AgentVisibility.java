package io.github.desk365mcp.api.model;

/** Which agents see a category. */
public enum AgentVisibility implements Code {
    /** All agents. */
    ALL(1),
    /** Agents in listed groups. */
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
