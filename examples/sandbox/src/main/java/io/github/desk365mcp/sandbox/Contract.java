package io.github.desk365mcp.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Checks requests against the OpenAPI description of Desk365. The service ignores most mistakes of a client, and a
 * sandbox that did the same would hide them.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Contract {

    private static final String RESOURCE = "/openapi/desk365-v3.yaml";

    /** The id of the description in the schema registry. Nothing is fetched from it. */
    private static final String DOCUMENT = "https://desk365-v3.invalid/openapi";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Map<String, ContractOperation>> paths = new LinkedHashMap<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode description) {
        // The whole description is the schema resource, so that its references can be resolved unchanged.
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(DOCUMENT, description.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .locale(Locale.ENGLISH)
                                .build()));
        String server = description.at("/servers/0/url").asString();
        String base = server.substring(server.indexOf('/', "https://".length()));
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            Map<String, ContractOperation> methods = new LinkedHashMap<>();
            for (String method : path.getValue().propertyNames()) {
                methods.put(
                        method.toUpperCase(Locale.ROOT), ContractOperation.read(description, path.getKey(), method));
            }
            paths.put(base + path.getKey(), methods);
        }
    }

    /** {@return the description in the sandbox's jar} All sandboxes of a process share it. */
    public static Contract load() {
        return Loaded.CONTRACT;
    }

    private static final class Loaded {

        static final Contract CONTRACT = read();
    }

    private static Contract read() {
        try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new Contract(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the ids of all operations, in the order of the description} */
    public Set<String> operations() {
        return paths.values().stream()
                .flatMap(methods -> methods.values().stream())
                .map(ContractOperation::id)
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
    }

    /**
     * {@return the id of the operation that a request asks for, or null if none is described}
     *
     * @param method the HTTP method in upper case
     * @param path the path without the query, such as {@code /apis/v3/tickets/details}
     */
    public @Nullable String operationOf(String method, String path) {
        ContractOperation operation = paths.getOrDefault(path, Map.of()).get(method);
        return operation == null ? null : operation.id();
    }

    /**
     * {@return how a request differs from the description, with one sentence for each difference; empty if the request
     * conforms}
     *
     * @param exchange the request, as recorded
     */
    public List<String> violations(Exchange exchange) {
        Map<String, ContractOperation> methods = paths.get(exchange.path());
        if (methods == null) {
            return List.of("No operation has the path " + exchange.path() + ".");
        }
        ContractOperation operation = methods.get(exchange.method());
        if (operation == null) {
            return List.of(exchange.path() + " is for " + String.join(" and ", methods.keySet()) + ", not for "
                    + exchange.method() + ".");
        }
        List<String> found = new ArrayList<>();
        checkQuery(operation, exchange, found);
        checkContent(operation, exchange, found);
        checkAlternatives(operation, exchange, found);
        return found.stream()
                .map(violation -> operation.id() + ": " + violation + ".")
                .toList();
    }

    private void checkQuery(ContractOperation operation, Exchange exchange, List<String> found) {
        exchange.query().forEach((name, given) -> {
            ContractOperation.Value value = operation.query().get(name);
            String what = "query parameter " + name;
            if (value == null) {
                found.add(what + " is not described");
            } else if (given.size() > 1) {
                found.add(what + " is given " + given.size() + " times");
            } else if (!given.isEmpty()) {
                checkText(value, given.get(0), what, found);
            }
        });
        operation.query().forEach((name, value) -> {
            if (value.required()
                    && exchange.query().getOrDefault(name, List.of()).isEmpty()) {
                found.add("query parameter " + name + " is missing");
            }
        });
    }

    private void checkContent(ContractOperation operation, Exchange exchange, List<String> found) {
        String expected = operation.mediaType();
        if (expected == null) {
            if (exchange.body().length > 0 || !exchange.parts().isEmpty()) {
                found.add("takes no body");
            }
            return;
        }
        String actual = mediaType(exchange);
        if (!expected.equals(actual)) {
            found.add("content type is " + actual + ", not " + expected);
        } else if (operation.bodySchema() == null) {
            checkForm(operation, exchange.parts(), found);
        } else {
            checkJson(operation.bodySchema(), exchange.body(), "body", found);
        }
    }

    private void checkForm(ContractOperation operation, List<Part> parts, List<String> found) {
        Set<String> seen = new LinkedHashSet<>();
        for (Part part : parts) {
            ContractOperation.Value value = operation.form().get(part.name());
            String what = "part " + part.name();
            if (value == null) {
                found.add(what + " is not described");
            } else if (!seen.add(part.name()) && !value.repeatable()) {
                found.add(what + " is given more than once");
            } else if (value.kind() == ContractOperation.Kind.FILE) {
                if (part.fileName() == null) {
                    found.add(what + " has no file name");
                }
            } else if (part.text() == null) {
                found.add(what + " is a file");
            } else {
                checkText(value, part.text(), what, found);
            }
        }
    }

    private static void checkAlternatives(ContractOperation operation, Exchange exchange, List<String> found) {
        for (List<String> names : operation.atLeastOneOf()) {
            if (names.stream().noneMatch(name -> isGiven(exchange, name))) {
                String where = operation.form().keySet().containsAll(names) ? "the query or the form" : "the query";
                found.add(String.join(" or ", names) + " is missing; it belongs in " + where);
            }
        }
    }

    private static boolean isGiven(Exchange exchange, String name) {
        return !exchange.query().getOrDefault(name, List.of()).isEmpty()
                || exchange.parts().stream().anyMatch(part -> part.name().equals(name));
    }

    private static String mediaType(Exchange exchange) {
        List<String> given = exchange.headers().getOrDefault("content-type", List.of());
        if (given.isEmpty()) {
            return "absent";
        }
        String type = given.get(0);
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private void checkText(ContractOperation.Value value, String text, String what, List<String> found) {
        switch (value.kind()) {
            case JSON -> checkJson(value.schema(), text.getBytes(UTF_8), what, found);
            // The schema itself reports a text that is not an integer.
            case INTEGER -> checkSchema(value.schema(), integerOrText(text), what, found);
            default -> checkSchema(value.schema(), StringNode.valueOf(text), what, found);
        }
    }

    private static JsonNode integerOrText(String text) {
        if (text.matches("-?(0|[1-9]\\d*)")) {
            return BigIntegerNode.valueOf(new BigInteger(text));
        }
        return StringNode.valueOf(text);
    }

    private void checkJson(String schema, byte[] json, String what, List<String> found) {
        JsonNode value;
        try {
            value = JSON.readTree(json);
        } catch (JacksonException e) {
            found.add(what + " is not JSON: " + e.getOriginalMessage());
            return;
        }
        if (value.isMissingNode()) {
            found.add(what + " is empty");
        } else {
            checkSchema(schema, value, what, found);
        }
    }

    private void checkSchema(String pointer, JsonNode value, String what, List<String> found) {
        Schema schema =
                schemas.computeIfAbsent(pointer, key -> registry.getSchema(SchemaLocation.of(DOCUMENT + "#" + key)));
        // Sorted, because the order of the validator is not defined.
        schema.validate(value).stream()
                .map(error -> (what + " " + error.getInstanceLocation()).strip() + ": " + error.getMessage())
                .sorted()
                .forEach(found::add);
    }
}
