package io.github.desk365mcp.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The parameters and bodies of one operation of the description. Schemas are JSON pointers into the description.
 *
 * @param id the operation's id
 * @param query the query parameters by name
 * @param form the parts of a multipart request by name; empty if the operation takes none
 * @param bodySchema the schema of a JSON body, or null if the operation takes none
 * @param atLeastOneOf groups of names; at least one name of each group must be given, in the query or in the form
 */
record ContractOperation(
        String id,
        Map<String, Value> query,
        Map<String, Value> form,
        @Nullable String bodySchema,
        List<List<String>> atLeastOneOf) {

    /** How the text of a value is converted before its schema checks it. */
    enum Kind {
        TEXT,
        INTEGER,
        JSON,
        FILE
    }

    /** A query parameter or a part of a form. */
    record Value(Kind kind, String schema, boolean required, boolean repeatable) {}

    static ContractOperation read(JsonNode description, String path, String method) {
        return new Reader(description).operation("/paths/" + escape(path) + "/" + method);
    }

    /** Returns the content type of the operation's requests, or null if they have no body. */
    @Nullable
    String mediaType() {
        if (bodySchema != null) {
            return "application/json";
        }
        return form.isEmpty() ? null : "multipart/form-data";
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Uses pointers instead of nodes, because the schema validator needs the location of a schema. */
    private record Reader(JsonNode description) {

        ContractOperation operation(String at) {
            JsonNode operation = description.at(at);
            String json = at + "/requestBody/content/application~1json/schema";
            return new ContractOperation(
                    operation.path("operationId").asString(),
                    query(at + "/parameters"),
                    form(at + "/requestBody/content/multipart~1form-data"),
                    description.at(json).isMissingNode() ? null : resolve(json),
                    operation
                            .path("x-at-least-one-of")
                            .valueStream()
                            .map(group ->
                                    group.valueStream().map(JsonNode::asString).toList())
                            .toList());
        }

        private Map<String, Value> query(String at) {
            Map<String, Value> query = new LinkedHashMap<>();
            for (int i = 0; i < description.at(at).size(); i++) {
                String pointer = resolve(at + "/" + i);
                JsonNode parameter = description.at(pointer);
                boolean json = parameter.has("content");
                String schema = resolve(pointer + (json ? "/content/application~1json/schema" : "/schema"));
                boolean required = parameter.path("required").asBoolean(false);
                query.put(
                        parameter.path("name").asString(),
                        new Value(json ? Kind.JSON : kind(schema), schema, required, false));
            }
            return query;
        }

        private Map<String, Value> form(String at) {
            JsonNode content = description.at(at);
            Map<String, Value> form = new LinkedHashMap<>();
            for (String name : content.at("/schema/properties").propertyNames()) {
                String schema = resolve(at + "/schema/properties/" + escape(name));
                boolean repeatable = description.at(schema).has("items");
                Kind kind = content.path("encoding").has(name)
                        ? Kind.JSON
                        : kind(repeatable ? resolve(schema + "/items") : schema);
                form.put(name, new Value(kind, schema, false, repeatable));
            }
            return form;
        }

        private Kind kind(String schema) {
            JsonNode node = description.at(schema);
            if (node.has("contentMediaType")) {
                return Kind.FILE;
            }
            return node.path("type").asString("").equals("integer") ? Kind.INTEGER : Kind.TEXT;
        }

        /** Follows references and returns the pointer to the target. */
        private String resolve(String pointer) {
            JsonNode reference = description.at(pointer).path("$ref");
            return reference.isMissingNode()
                    ? pointer
                    : resolve(reference.asString().substring(1));
        }
    }
}
