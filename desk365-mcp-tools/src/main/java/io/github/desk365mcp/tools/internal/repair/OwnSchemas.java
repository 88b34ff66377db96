package io.github.desk365mcp.tools.internal.repair;

import io.github.desk365mcp.tools.internal.core.OwnRow;
import java.util.Map;

/** Makes the checks of the host's own tools, with a library that other hosts need not have. */
public final class OwnSchemas {

    private OwnSchemas() {}

    /**
     * Returns the check of a tool's arguments.
     *
     * @param tool its name
     * @throws IllegalArgumentException if its schema is not valid
     * @throws IllegalStateException if the library is missing or too old
     */
    public static OwnRow.Check check(String tool, Map<String, ?> schema) {
        try {
            return new OwnSchema(tool, schema);
        } catch (LinkageError e) {
            throw missing(tool, e);
        }
    }

    /**
     * Checks that a schema to which an argument was added allows it.
     *
     * @param shown the schema with the argument
     * @throws IllegalArgumentException if it does not
     */
    public static void checkAllows(String tool, Map<String, ?> shown, String argument) {
        try {
            if (!new OwnSchema(tool, shown).allows(argument)) {
                throw new IllegalArgumentException("The schema of " + tool + " forbids the argument " + argument
                        + ", which calls that need approval have: write additionalProperties beside the properties at"
                        + " its root, not in allOf, anyOf, oneOf or $ref");
            }
        } catch (LinkageError e) {
            throw missing(tool, e);
        }
    }

    private static IllegalStateException missing(String tool, LinkageError cause) {
        return new IllegalStateException(
                "The tool " + tool + " needs a validator of JSON Schema: add"
                        + " com.networknt:json-schema-validator 3.x to the class path.",
                cause);
    }
}
