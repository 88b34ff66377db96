package io.github.desk365mcp.tools;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The order of packages, as docs/decisions/0010 has it. */
class PackagesTest {

    private static final String ROOT = "io.github.desk365mcp.tools";

    /** From the bottom to the top: each may use those before it. */
    private static final List<String> ORDER = List.of(
            ".internal.text",
            ".internal.net",
            ".host",
            ".internal.state",
            ".jdbc",
            ".internal.account",
            ".internal.core",
            ".internal.attachments",
            ".internal.catalogue",
            ".internal.repair",
            ".internal.pipeline",
            "",
            ".mcp",
            ".observe");

    /** What the rules saw when they were written; fewer would mean that they no longer look at everything. */
    private static final int CLASSES_AT_LEAST = 320;

    private static final JavaClasses CLASSES = ProductClasses.ALL;

    @Test
    void all_classes_are_looked_at() {
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }

    @Test
    void every_package_has_a_place_in_the_order() {
        assertThat(CLASSES).allSatisfy(type -> assertThat(ORDER).contains(layer(type)));
    }

    @Test
    void a_package_uses_only_those_below_it() {
        for (JavaClass type : CLASSES) {
            int own = ORDER.indexOf(layer(type));
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                JavaClass target = use.getTargetClass();
                if (target.getPackageName().startsWith(ROOT)) {
                    assertThat(ORDER.indexOf(layer(target)))
                            .as(use.getDescription())
                            .isLessThanOrEqualTo(own);
                }
            }
        }
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_architecture_page_has_the_packages_in_this_order_and_says_which_are_exported() throws IOException {
        List<MatchResult> lines = Pattern.compile("(?m)^([\\w.]+|\\(root\\)) {2,}(exported)? {3,}\\w")
                .matcher(Files.readString(Path.of("../docs/architecture.md")))
                .results()
                .toList();
        String module = Files.readString(Path.of("src/main/java/module-info.java"));

        List<String> fromTheTop = new ArrayList<>(ORDER);
        Collections.reverse(fromTheTop);
        assertThat(lines).extracting(PackagesTest::layer).containsExactlyElementsOf(fromTheTop);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.group(2) != null)
                        .as(line.group())
                        .isEqualTo(module.contains("exports " + ROOT + layer(line) + ";")));
    }

    private static String layer(MatchResult line) {
        return line.group(1).equals("(root)") ? "" : "." + line.group(1);
    }

    private static String layer(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
