package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final List<String> NOT_FOR_HOSTS = List.of(
            "tools.jackson",
            "com.fasterxml",
            "com.networknt",
            "okhttp3",
            "okio",
            "org.jsoup",
            "io.modelcontextprotocol",
            "reactor",
            "io.micrometer");

    /** The packages for hosts that bring a library, each with the library that it alone knows. */
    private static final Map<String, String> ADAPTERS = Map.of(
            "io.github.desk365mcp.tools.mcp", "io.modelcontextprotocol.",
            "io.github.desk365mcp.tools.observe", "io.micrometer.");

    private static final Set<String> FOLDS_UNICODE =
            Set.of("equalsIgnoreCase", "compareToIgnoreCase", "regionMatches", "toLowerCase", "toUpperCase");

    private static final JavaClasses CLASSES = ProductClasses.ALL;

    @Test
    void there_are_classes_to_look_at() {
        assertThat(CLASSES.size()).isGreaterThan(320);
    }

    @Test
    void no_library_shows_in_a_public_signature() {
        for (JavaClass type : CLASSES) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)
                    || type.getPackageName().contains(".internal.")
                    || ADAPTERS.containsKey(type.getPackageName())) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (unit.getModifiers().contains(JavaModifier.PUBLIC)) {
                    assertThat(unit.getAllInvolvedRawTypes())
                            .as(unit.getFullName())
                            .noneMatch(involved -> NOT_FOR_HOSTS.stream().anyMatch(involved.getName()::startsWith));
                }
            }
        }
    }

    @Test
    void one_package_knows_the_official_sdk_and_one_micrometer_and_nothing_knows_these_packages() {
        ADAPTERS.forEach((adapter, library) -> {
            for (JavaClass type : CLASSES) {
                if (!type.getPackageName().equals(adapter)) {
                    assertThat(type.getDirectDependenciesFromSelf())
                            .as(type.getName())
                            .noneMatch(use -> use.getTargetClass().getName().startsWith(library)
                                    || use.getTargetClass().getPackageName().equals(adapter));
                }
            }
        });
    }

    @Test
    void a_host_needs_no_jackson_databind_and_only_for_its_own_tools_a_validator() {
        for (JavaClass type : CLASSES) {
            if (type.getSimpleName().equals("OwnSchema")) {
                continue;
            }
            assertThat(type.getDirectDependenciesFromSelf())
                    .as(type.getName())
                    .noneMatch(use -> use.getTargetClass().getName().matches("(tools[.]jackson|com[.]networknt)[.].*"));
        }
    }

    /** Of all Unicode, what looks like a letter would be that letter, and a stranger's address a known one. */
    @Test
    void the_case_of_ascii_letters_alone_is_folded() {
        for (JavaClass type : CLASSES) {
            assertThat(type.getMethodCallsFromSelf())
                    .as(type.getName())
                    .noneMatch(call -> call.getTargetOwner().isEquivalentTo(String.class)
                            && FOLDS_UNICODE.contains(call.getName()));
            assertThat(type.getMethodReferencesFromSelf())
                    .as(type.getName())
                    .noneMatch(reference -> reference.getTargetOwner().isEquivalentTo(String.class)
                            && FOLDS_UNICODE.contains(reference.getName()));
            assertThat(type.getFieldAccessesFromSelf())
                    .as(type.getName())
                    .noneMatch(access ->
                            Set.of("CASE_INSENSITIVE_ORDER", "UNICODE_CASE").contains(access.getName()));
        }
    }

    @Test
    void no_pattern_folds_more_than_ascii() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile)
                    // Subjects, which are no names.
                    .filter(file -> !file.endsWith("History.java"))
                    .toList()) {
                // UNICODE_CASE is a constant, which class files do not name.
                assertThat(Files.readString(source))
                        .as(source.toString())
                        .doesNotContain("UNICODE_CASE")
                        .doesNotContainPattern("\\(\\?[a-z]*[uU][a-z]*[:)]");
            }
        }
    }
}
