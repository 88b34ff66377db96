package io.github.desk365mcp.api.model;

/** Who did something to a ticket. Known from one source. */
public enum ActorType implements Code {
    SYSTEM(1),
    AGENT(2),
    CONTACT(3);

    private final int code;

    ActorType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
