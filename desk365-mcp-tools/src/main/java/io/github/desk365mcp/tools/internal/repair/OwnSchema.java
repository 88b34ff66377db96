package io.github.desk365mcp.tools.internal.repair;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.github.desk365mcp.tools.internal.core.OwnRow;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks arguments against any schema of JSON Schema 2020-12. The only class that knows the validator. */
final class OwnSchema implements OwnRow.Check {

    private static final String METASCHEMA = "https://json-schema.org/draft/2020-12/schema";
    private static final int LONGEST = 200;

    private final Schema schema;

    OwnSchema(String tool, Map<String, ?> schema) {
        String json = Text.json(schema);
        try {
            // Otherwise messages are in the language of the machine.
            SchemaRegistryConfig english =
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(english));
            // The validator itself ignores what it does not understand.
            List<String> problems =
                    sentences(registry.getSchema(SchemaLocation.of(METASCHEMA)).validate(json, InputFormat.JSON));
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(problems.get(0));
            }
            this.schema = registry.getSchema(json, InputFormat.JSON);
            // Finds references and patterns that are wrong.
            this.schema.initializeValidators();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The schema of " + tool + " is not valid: " + Text.cut(String.valueOf(e.getMessage()), LONGEST), e);
        }
    }

    @Override
    public List<String> problems(Map<String, Object> arguments) {
        return sentences(schema.validate(Text.json(arguments), InputFormat.JSON));
    }

    /** Whether no part of the schema forbids an argument of this name. */
    boolean allows(String argument) {
        return schema.validate(Text.json(Map.of(argument, "")), InputFormat.JSON).stream()
                .noneMatch(error -> error.toString().contains(argument));
    }

    private static List<String> sentences(List<Error> errors) {
        // In the order of the places: that of the library may change.
        return errors.stream().map(OwnSchema::sentence).sorted().distinct().toList();
    }

    private static String sentence(Error error) {
        String place = error.getInstanceLocation()
                .toString()
                .replaceFirst("^/", "")
                .replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replace('/', '.');
        String message = Text.cut(String.valueOf(error.getMessage()), LONGEST);
        return place.isEmpty() ? message : place + ": " + message;
    }
}
