package io.github.desk365mcp.api.model;

/** The channel through which a ticket was created. The three AI agents are newer and known from one source. */
public enum Source implements Code {
    /** Email. */
    EMAIL(1),
    /** Microsoft Teams. */
    TEAMS(5),
    /** The support portal. */
    SUPPORT_PORTAL(6),
    /** Phone, or any other channel. */
    PHONE(7),
    /** A web form. */
    WEB_FORM(12),
    /** The web widget. */
    WEB_WIDGET(13),
    /** The API, as for tickets that this client creates. */
    API(15),
    /** The AI agent of the chat widget. */
    CHAT_WIDGET_AI(16),
    /** The AI agent in Microsoft Teams. */
    TEAMS_AI(17),
    /** The AI agent of the support portal. */
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
