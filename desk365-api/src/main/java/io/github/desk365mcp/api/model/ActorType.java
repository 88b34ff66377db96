package io.github.desk365mcp.api.model;

/** The kind of actor that changed a ticket. Known from one source. */
public enum ActorType implements Code {
    /** The service itself, for example an automation rule (inferred from the name). */
    SYSTEM(1),
    /** An agent. */
    AGENT(2),
    /** A contact. */
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
