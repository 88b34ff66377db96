package io.github.desk365mcp.api.model;

/** Where a ticket came from. The three AI agents are newer, and known from one source. */
public enum Source implements Code {
    /** E-mail. */
    EMAIL(1),
    /** Microsoft Teams. */
    TEAMS(5),
    /** The support portal. */
    SUPPORT_PORTAL(6),
    /** Phone, or any other way. */
    PHONE(7),
    /** A web form. */
    WEB_FORM(12),
    /** The web widget. */
    WEB_WIDGET(13),
    /** Opened through the API, as ours are. */
    API(15),
    /** AI agent of the chat widget. */
    CHAT_WIDGET_AI(16),
    /** AI agent in Teams. */
    TEAMS_AI(17),
    /** AI agent of the support portal. */
    SUPPORT_PORTAL_AI(18);

    private final int code;

    Source(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
