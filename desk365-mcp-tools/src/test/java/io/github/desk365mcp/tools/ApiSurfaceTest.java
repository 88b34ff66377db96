package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public surface of the exported packages stands in api.txt. */
class ApiSurfaceTest {

    private static final String ROOT = "io.github.desk365mcp.tools";
    private static final List<String> EXPORTED = List.of("", ".host", ".jdbc", ".mcp", ".observe");

    @Test
    void the_public_surface_changes_only_on_purpose() throws Exception {
        Accepted.compare(Path.of("api.txt"), String.join("\n", surface()) + "\n");
    }

    @Test
    void no_public_signature_shows_an_internal_type() throws Exception {
        assertThat(surface()).hasSizeGreaterThan(150).noneMatch(line -> line.contains(".internal."));
    }

    private static List<String> surface() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types()) {
            lines.add(type.toGenericString());
            Stream.of(
                            Stream.of(type.getDeclaredFields())
                                    .filter(ApiSurfaceTest::isVisible)
                                    .map(Field::toGenericString),
                            Stream.of(type.getDeclaredConstructors())
                                    .filter(ApiSurfaceTest::isVisible)
                                    .map(Constructor::toGenericString),
                            Stream.of(type.getDeclaredMethods())
                                    .filter(ApiSurfaceTest::isVisible)
                                    .map(Method::toGenericString))
                    .flatMap(members -> members)
                    .map(member ->
                            "    " + member.replace(type.getName() + ".", "").replace("java.lang.", ""))
                    .sorted()
                    .forEach(lines::add);
        }
        return lines;
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static List<Class<?>> types() throws Exception {
        Path classes = Path.of(BoundTools.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> types = new ArrayList<>();
        for (String exported : EXPORTED) {
            for (String name : names(classes.resolve((ROOT + exported).replace('.', '/')))) {
                Class<?> type = Class.forName(ROOT + exported + "." + name, false, BoundTools.class.getClassLoader());
                if (isPublic(type)) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers()) && !type.isSynthetic() && (outer == null || isPublic(outer));
    }
}
