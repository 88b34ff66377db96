package io.github.desk365mcp.tools;

/** For whom definitions are written. All derive from the same rows. */
public enum Profile {
    /** The Model Context Protocol: {@code name}, {@code inputSchema} and the rest. */
    MCP,
    /** OpenAI with {@code strict: true}: every argument is required, and null where it is optional. */
    OPENAI_STRICT,
    /** OpenAI with {@code strict: false}. */
    OPENAI,
    /** Anthropic's Messages API: {@code input_schema}. */
    ANTHROPIC,
    /** Gemini's function declarations, in its subset of OpenAPI. */
    GEMINI
}
