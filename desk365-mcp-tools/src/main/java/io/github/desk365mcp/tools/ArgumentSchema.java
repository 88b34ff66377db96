package io.github.desk365mcp.tools;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A compiled schema; the only class that knows the validator, so that a host whose jars clash has one place to look at.
 *
 * <p>Thread-safe.
 */
final class ArgumentSchema {

    /** What kind of mistake was made. */
    enum Kind {
        UNKNOWN,
        MISSING,
        OTHER
    }

    /**
     * One mistake.
     *
     * @param argument the argument that it is in
     * @param inside where in the argument; empty for the argument itself
     * @param says the validator's words
     */
    record Problem(Kind kind, String argument, String inside, String says) {}

    private final Schema schema;

    ArgumentSchema(Map<String, Object> schema) {
        // English whatever the host's locale is: a model reads it.
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
        this.schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(Text.json(schema), InputFormat.JSON);
    }

    List<Problem> problems(Map<String, Object> arguments) {
        return schema.validate(Text.json(arguments), InputFormat.JSON).stream()
                .map(ArgumentSchema::problem)
                .sorted(Comparator.comparing(Problem::kind)
                        .thenComparing(Problem::argument)
                        .thenComparing(Problem::inside))
                .toList();
    }

    private static Problem problem(Error error) {
        NodePath path = error.getInstanceLocation();
        String property = error.getProperty();
        Kind kind = switch (error.getKeyword()) {
            case "additionalProperties" -> Kind.UNKNOWN;
            case "required" -> Kind.MISSING;
            default -> Kind.OTHER;
        };
        if (path.getNameCount() == 0) {
            return new Problem(kind, property == null ? "" : property, "", error.getMessage());
        }
        String inside = kind == Kind.OTHER || property == null ? tail(path) : property;
        return new Problem(kind, String.valueOf(path.getElement(0)), inside, error.getMessage());
    }

    private static String tail(NodePath path) {
        StringBuilder tail = new StringBuilder();
        for (int i = 1; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            tail.append(element instanceof Number ? "[" + element + "]" : "." + element);
        }
        return tail.toString();
    }
}
