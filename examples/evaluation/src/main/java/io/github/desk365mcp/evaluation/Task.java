package io.github.desk365mcp.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A task for a model, and what must be true afterwards.
 *
 * @param name for the report
 * @param ask the model's only message from the user
 * @param says regular expressions that the model's final answer must contain
 * @param state what the helpdesk must contain
 * @param writes how many requests may change the helpdesk; null for any number
 * @param calls the most calls of tools; null for any number
 * @param untrue what is an untrue claim in the final answer
 */
record Task(
        String name,
        String ask,
        @Nullable List<String> says,
        @Nullable List<Check> state,
        @Nullable Integer writes,
        @Nullable Integer calls,
        @Nullable List<Claim> untrue) {

    /**
     * A claim of the final answer.
     *
     * @param says a regular expression that finds the claim
     * @param unless what makes it true; null if it is never true
     */
    record Claim(String says, @Nullable Check unless) {}

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads a file of tasks. */
    static List<Task> read(Path file) throws IOException {
        return read(Files.readString(file), file.toString());
    }

    static List<Task> read(String yaml, String source) throws IOException {
        try {
            List<Task> tasks = YAML.readValue(yaml, new TypeReference<>() {});
            Set<String> names = new HashSet<>();
            for (Task task : tasks) {
                if (task.name() == null || task.ask() == null || !names.add(task.name())) {
                    throw new IOException(source + ": each task needs a name of its own, and a text under \"ask\"");
                }
            }
            return tasks;
        } catch (JacksonException e) {
            throw new IOException(source + ": " + e.getOriginalMessage() + " near line " + line(e), e);
        }
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }
}
