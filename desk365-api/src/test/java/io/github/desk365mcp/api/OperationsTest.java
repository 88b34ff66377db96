package io.github.desk365mcp.api;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Compares the rows of {@link Operation} with the OpenAPI description. */
class OperationsTest {

    private static final JsonNode DESCRIPTION = description();

    private static final Map<String, Row> DESCRIBED = DESCRIPTION.path("paths").properties().stream()
            .flatMap(path -> path.getValue().properties().stream()
                    .map(method -> Row.of(path.getKey(), method.getKey(), method.getValue())))
            .collect(toMap(Row::id, Function.identity()));

    @Test
    void the_described_operations_are_the_operations_of_the_client() {
        assertThat(DESCRIBED).hasSize(51);
        assertThat(Stream.of(Operation.values()).map(Operation::id))
                .containsExactlyInAnyOrderElementsOf(DESCRIBED.keySet());
    }

    @ParameterizedTest
    @EnumSource
    void method_path_and_names_are_those_of_the_description(Operation operation) {
        assertThat(new Row(
                        operation.id(),
                        operation.method.name(),
                        operation.path,
                        operation.query,
                        operation.body,
                        operation.object))
                .isEqualTo(DESCRIBED.get(operation.id()));
    }

    private static JsonNode description() {
        // Loaded through a class in the file's jar: a class in a module does not see resources on the class path.
        try (InputStream yaml = Desk365Sandbox.class.getResourceAsStream("/openapi/desk365-v3.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(yaml));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Resolves a reference. */
    private static JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(DESCRIPTION.at(reference.substring(1)));
    }

    private record Row(
            String id,
            String method,
            String path,
            Set<String> query,
            Set<String> body,
            @Nullable String object) {

        static Row of(String path, String method, JsonNode operation) {
            JsonNode content = operation.path("requestBody").path("content");
            JsonNode form = content.path("multipart/form-data");
            String object =
                    form.path("encoding").propertyNames().stream().findFirst().orElse(null);
            JsonNode body = object == null
                    ? content.path("application/json").path("schema")
                    : resolved(form.path("schema")).path("properties").path(object);
            return new Row(
                    operation.path("operationId").asString(),
                    method.toUpperCase(Locale.ROOT),
                    path.substring("/v3/".length()),
                    operation
                            .path("parameters")
                            .valueStream()
                            .map(parameter -> resolved(parameter).path("name").asString())
                            .collect(toSet()),
                    Set.copyOf(resolved(body).path("properties").propertyNames()),
                    object);
        }
    }
}
