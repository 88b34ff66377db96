package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/tutorial.md. Runs with {@code -Pothers}. */
@EnabledIfSystemProperty(named = "others", matches = "true")
class TutorialIT {

    @Test
    void the_first_call_prints_what_the_page_says(@TempDir Path folder) throws Exception {
        String classPath = System.getProperty("java.class.path");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            assertThat(compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none", "-cp", classPath, "-d", folder.toString()),
                                    null,
                                    files.getJavaFileObjectsFromPaths(TutorialTest.SOURCES))
                            .call())
                    .isTrue();
        }
        Path printed = folder.resolve("printed.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        folder + File.pathSeparator + classPath,
                        "com.example.helpdesk.FirstCall")
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }

        assertThat(Files.readString(printed))
                .isEqualTo(TutorialTest.block(Files.readString(TutorialTest.PAGE), "text"));
    }
}
