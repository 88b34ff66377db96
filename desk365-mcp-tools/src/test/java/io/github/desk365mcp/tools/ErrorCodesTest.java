package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.ErrorCodes;
import io.github.desk365mcp.tools.host.Outcomes;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {

    private static final Pattern LITERAL =
            Pattern.compile("(?:Refused|RefusedException|NotExecuted)\\(\\s*\"([a-z_]+)\"");

    @Test
    void a_constant_has_the_value_that_its_name_says() throws Exception {
        for (Class<?> type : List.of(ErrorCodes.class, Outcomes.class)) {
            for (Field field : type.getDeclaredFields()) {
                assertThat(field.get(null)).isEqualTo(field.getName().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Test
    void every_code_in_the_sources_is_a_constant() throws Exception {
        List<String> known = new ArrayList<>();
        for (Class<?> type : List.of(ErrorCodes.class, Outcomes.class)) {
            for (Field field : type.getDeclaredFields()) {
                known.add(String.valueOf(field.get(null)));
            }
        }
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources).hasSizeGreaterThan(100);
        for (Path source : sources) {
            assertThat(LITERAL.matcher(Files.readString(source)).results().map(found -> found.group(1)))
                    .as("codes in %s", source)
                    .isSubsetOf(known);
        }
    }
}
