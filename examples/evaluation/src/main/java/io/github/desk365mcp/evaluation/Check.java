package io.github.desk365mcp.evaluation;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the helpdesk must contain.
 *
 * @param get the path and query of a request to the helpdesk's API, such as
 *     {@code tickets/details?ticket_number=4052}
 * @param has members that the JSON of the response must have, with these values; names may be JSON pointers
 * @param contains a text that the response must contain
 * @param lacks a text that the response must not contain
 */
record Check(
        String get,
        @Nullable Map<String, Object> has,
        @Nullable String contains,
        @Nullable String lacks) {

    private static final JsonMapper JSON = new JsonMapper();

    /** {@return what is not as it must be; null if everything is} */
    @Nullable
    String problem(Helpdesk helpdesk) throws IOException, InterruptedException {
        String response = helpdesk.get(get);
        if (contains != null && !response.contains(contains)) {
            return get + " does not contain \"" + contains + "\"";
        }
        if (lacks != null && response.contains(lacks)) {
            return get + " contains \"" + lacks + "\"";
        }
        if (has != null) {
            JsonNode json = JSON.readTree(response);
            for (Map.Entry<String, Object> member : has.entrySet()) {
                String name = member.getKey();
                JsonNode actual = json.at(name.startsWith("/") ? name : "/" + name);
                if (!actual.equals(JSON.valueToTree(member.getValue()))) {
                    return get + " has " + name + " " + actual + ", not " + JSON.writeValueAsString(member.getValue());
                }
            }
        }
        return null;
    }
}
