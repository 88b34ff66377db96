package io.github.desk365mcp.evaluation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts JSON to the API of a model. */
final class ModelApi {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_OF_ERROR = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final Map<String, String> headers;

    ModelApi(URI address, Map<String, String> headers) {
        this.address = address;
        this.headers = headers;
    }

    JsonNode post(JsonNode body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            String text = response.body();
            throw new IOException("The model's API answered with status " + response.statusCode() + ": "
                    + text.substring(0, Math.min(MOST_OF_ERROR, text.length())));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("The model's API did not answer with JSON", e);
        }
    }
}
