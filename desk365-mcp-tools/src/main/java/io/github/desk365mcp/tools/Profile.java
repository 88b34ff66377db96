package io.github.desk365mcp.tools;

/** The format in which definitions are written: MCP's, or that of a model's API. */
public enum Profile {
    /** The Model Context Protocol: {@code name}, {@code inputSchema} and the rest. */
    MCP,
    /** OpenAI with {@code strict: true}: every argument is required; optional ones may be null. */
    OPENAI_STRICT,
    /** OpenAI with {@code strict: false}. */
    OPENAI,
    /** Anthropic's Messages API: {@code input_schema}. */
    ANTHROPIC,
    /** Gemini's function declarations, in its subset of OpenAPI. */
    GEMINI
}
