package io.github.desk365mcp.tools;

/**
 * The format in which definitions are written: MCP's, or that of a model's API.
 *
 * <p>{@link Desk365Tools#toJson(Profile)} returns an object whose only member, {@code tools}, can be pasted into a
 * request of that API.
 */
public enum Profile {
    /** The Model Context Protocol, as in a result of {@code tools/list}: {@code name}, {@code inputSchema} and the rest. */
    MCP,
    /**
     * OpenAI's Responses API with {@code strict: true}: every argument is required; optional ones may be null. A tool is
     * {@code {"type": "function", "name": …, "parameters": …, "strict": true}}.
     */
    OPENAI_STRICT,
    /** OpenAI's Responses API with {@code strict: false}. */
    OPENAI,
    /**
     * OpenAI's Chat Completions API with {@code strict: true}, as in {@link #OPENAI_STRICT}. A tool is
     * {@code {"type": "function", "function": {"name": …, "parameters": …, "strict": true}}}.
     */
    OPENAI_CHAT_STRICT,
    /** OpenAI's Chat Completions API with {@code strict: false}. */
    OPENAI_CHAT,
    /** Anthropic's Messages API. A tool is {@code {"name": …, "description": …, "input_schema": …}}. */
    ANTHROPIC,
    /**
     * Gemini's {@code generateContent}, in its subset of OpenAPI. One definition is a function declaration; the list is
     * {@code {"tools": [{"functionDeclarations": […]}]}}.
     */
    GEMINI
}
