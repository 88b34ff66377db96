package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.Accepted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of components (SBOM) that the build makes for the server. */
class ComponentsIT {

    private static final Path LIST = Path.of("target/bom.json");
    private static final String OURS = "io.github.desk365mcp:";

    /** A component, as group:name:version. */
    private record Component(String name, String version, String licenses) {

        @Override
        public String toString() {
            return name + ":" + version;
        }
    }

    private static JsonDocument list() throws IOException {
        return JsonDocument.parse(Files.readString(LIST));
    }

    private static List<JsonDocument> documents(JsonDocument in, String field) {
        return in.objects(field, fields -> JsonDocument.parse(JsonDocument.toJson(fields)));
    }

    private static List<Component> components() throws IOException {
        return documents(list(), "components").stream()
                .map(component -> new Component(
                        component.text("group") + ":" + component.text("name"),
                        Objects.requireNonNull(component.text("version")),
                        licenses(component)))
                .toList();
    }

    private static String licenses(JsonDocument component) {
        return documents(component, "licenses").stream()
                .map(one -> {
                    JsonDocument license = one.document("license");
                    return license == null
                            ? String.valueOf(one.text("expression"))
                            : Objects.requireNonNullElse(license.text("id"), String.valueOf(license.text("name")));
                })
                .collect(Collectors.joining(", "));
    }

    /** A new dependency, also one of a dependency, is noticed and looked at: the file is compared, and changed with -Daccept. */
    @Test
    void it_has_what_was_accepted_with_licenses() throws Exception {
        String lines = components().stream()
                .filter(component -> !component.name().startsWith(OURS))
                .map(component -> component + "  " + component.licenses() + "\n")
                .sorted()
                .collect(Collectors.joining());

        Accepted.compare(Path.of("components.txt"), lines);
        assertThat(lines.lines()).allSatisfy(line -> assertThat(line).matches("\\S+  \\S.*"));
    }

    @Test
    void no_component_has_two_versions() throws Exception {
        assertThat(components()).extracting(Component::name).doesNotHaveDuplicates();
    }

    @Test
    void it_has_everything_that_names_itself_in_the_jar_except_parts_of_nimbus() throws Exception {
        List<String> inJar = inJar();
        List<String> missing = new ArrayList<>(inJar);
        missing.removeAll(components().stream().map(Component::toString).toList());

        assertThat(inJar).hasSizeGreaterThan(10);
        // Parts of nimbus-jose-jwt.
        assertThat(missing)
                .containsExactlyInAnyOrder(
                        "com.google.code.gson:gson:2.14.0", "com.github.stephenc.jcip:jcip-annotations:1.0-1");
    }

    /** The artifacts that Maven has made name themselves. */
    private static List<String> inJar() throws IOException {
        List<String> found = new ArrayList<>();
        try (JarFile jar = new JarFile(Objects.requireNonNull(System.getProperty("server.jar")))) {
            for (JarEntry entry : jar.stream()
                    .filter(entry -> entry.getName().matches("META-INF/maven/.*/pom.properties"))
                    .toList()) {
                Properties properties = new Properties();
                try (InputStream in = jar.getInputStream(entry)) {
                    properties.load(in);
                }
                String name = properties.getProperty("groupId") + ":" + properties.getProperty("artifactId");
                if (!name.equals(OURS + "desk365-mcp-server")) {
                    found.add(name + ":" + properties.getProperty("version"));
                }
            }
        }
        return found;
    }

    @Test
    void it_is_the_same_in_each_build_and_names_no_place_of_this_computer() throws Exception {
        assertThat(Files.readString(LIST))
                .contains("\"cdx:reproducible\"")
                .doesNotContain("serialNumber", "\"timestamp\"")
                .doesNotContain(Path.of("").toAbsolutePath().toString(), System.getProperty("user.home"));
    }
}
