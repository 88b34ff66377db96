package io.github.desk365mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.desk365mcp.api.JsonDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A visitor uses docs/tools.html in Chromium, on a phone, a tablet and a desktop, light and dark, and by keyboard alone;
 * axe finds nothing. What the page shows is what the server lists. Runs with {@code -Pothers}; the screenshots are in
 * {@code target/tools-page}.
 */
@EnabledIfSystemProperty(named = "others", matches = "true")
@Timeout(300)
class ToolPageIT {

    @Test
    void what_a_visitor_copies_from_the_page_is_what_the_library_writes(@TempDir Path temporary) throws Exception {
        Path chromium = Path.of(Objects.requireNonNullElse(System.getenv("CHROME_BIN"), "/usr/bin/chromium"));
        assumeTrue(Files.isExecutable(chromium), "Chromium is not here: the checks of the page are skipped");
        OtherPrograms.install();
        Path shots = Files.createDirectories(Path.of("target/tools-page")).toAbsolutePath();
        Path results = temporary.resolve("shown.json");

        String printed = OtherPrograms.node(
                "tools-page.mjs",
                Path.of("../../docs/tools.html").toRealPath().toString(),
                shots.toString(),
                chromium.toString(),
                results.toString());

        assertThat(printed).contains("the page was used");
        List<JsonDocument> shown = JsonDocument.parse("{\"shown\":" + Files.readString(results) + "}")
                .objects("shown", JsonDocument::new);
        assertThat(shown).hasSizeGreaterThan(30);
        assertThat(shown).allSatisfy(ToolPageIT::isWhatTheServerLists);
        Map<String, String> snippets = new HashMap<>();
        shown.forEach(one -> snippets.put(one.text("java"), one.text("json")));
        assertThat(run(List.copyOf(snippets.keySet()), temporary)).isEqualTo(List.copyOf(snippets.values()));
    }

    private static void isWhatTheServerLists(JsonDocument shown) {
        String profile = String.valueOf(shown.text("format"))
                        .toLowerCase(Locale.ROOT)
                        .replace(" responses", "")
                        .replace(' ', '-')
                + (Boolean.TRUE.equals(shown.flag("strict")) ? "-strict" : "");
        List<String> arguments = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(shown.get("arguments"))).forEach(word -> arguments.add(String.valueOf(word)));
        assertThat(Objects.requireNonNull(shown.document("configurations")).toMap())
                .hasSize(4)
                .allSatisfy((client, configured) -> assertThat(configured).isEqualTo(arguments));

        String json = String.valueOf(shown.text("json"));
        assertThat(json).as("%s %s", profile, arguments).isEqualTo(list(profile, arguments));
        if (!profile.equals("mcp")) {
            assertThat(shown.text("size")).isEqualTo("%,d bytes".formatted(json.getBytes(UTF_8).length));
        }
    }

    private static String list(String profile, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("--list", "--profile", profile));
        arguments.addAll(options);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                arguments.toArray(String[]::new));
        assertThat(code).as(err.toString(UTF_8)).isZero();
        return out.toString(UTF_8).stripTrailing();
    }

    /** Compiles each snippet, runs it, and returns its {@code json}. */
    private static List<String> run(List<String> snippets, Path directory) throws Exception {
        StringBuilder source = new StringBuilder("import io.github.desk365mcp.tools.*;\n"
                + "import io.github.desk365mcp.tools.host.*;\n"
                + "public class Snippets implements java.util.function.Supplier<java.util.List<String>> {\n"
                + "public java.util.List<String> get() {\nvar all = new java.util.ArrayList<String>();\n");
        snippets.forEach(snippet -> source.append("{\n").append(snippet).append("\nall.add(json);\n}\n"));
        source.append("return all;\n}\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippets.java"), SimpleJavaFileObject.Kind.SOURCE) {

                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        assertThat(compiler.getTask(null, null, null, options, null, List.of(file))
                        .call())
                .as(source.toString())
                .isTrue();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Supplier<?> compiled = (Supplier<?>)
                    loader.loadClass("Snippets").getDeclaredConstructor().newInstance();
            List<String> written = new ArrayList<>();
            ((List<?>) compiled.get()).forEach(json -> written.add(String.valueOf(json)));
            return written;
        }
    }
}
