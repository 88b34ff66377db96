package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
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
            "reactor");

    /** The one package for hosts that bring the official SDK. */
    private static final String SDK_ADAPTER = "io.github.desk365mcp.tools.mcp";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.desk365mcp.tools");

    @Test
    void there_are_classes_to_look_at() {
        assertThat(CLASSES.size()).isGreaterThan(50);
    }

    @Test
    void no_library_shows_in_a_public_signature() {
        for (JavaClass type : CLASSES) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)
                    || type.getPackageName().equals(SDK_ADAPTER)) {
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
    void one_package_knows_the_official_sdk_and_nothing_knows_that_package() {
        for (JavaClass type : CLASSES) {
            if (!type.getPackageName().equals(SDK_ADAPTER)) {
                assertThat(type.getDirectDependenciesFromSelf())
                        .as(type.getName())
                        .noneMatch(use -> use.getTargetClass().getName().startsWith("io.modelcontextprotocol.")
                                || use.getTargetClass().getPackageName().equals(SDK_ADAPTER));
            }
        }
    }

    @Test
    void a_host_needs_no_jackson_databind_and_no_validator() {
        for (JavaClass type : CLASSES) {
            assertThat(type.getDirectDependenciesFromSelf())
                    .as(type.getName())
                    .noneMatch(use -> use.getTargetClass().getName().matches("(tools[.]jackson|com[.]networknt)[.].*"));
        }
    }
}
