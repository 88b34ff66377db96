package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares the public types and members with api.txt, so that changes are noticed. Run with {@code -Daccept} to rewrite
 * the file.
 */
class ApiSurfaceTest {

    private static final Path FILE = Path.of("api.txt");

    /** Kotlin's keywords: a method with such a name must be quoted in Kotlin. */
    private static final Set<String> KOTLIN =
            Set.of("as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when");

    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(Desk365Client.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name);
            if (isPublic(type)) {
                types.add(type);
            }
        }
        assertThat(types).hasSizeGreaterThan(85);
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String shortened(String text) {
        return text.replaceAll(
                "\\b(io\\.github\\.desk365mcp\\.api\\.(model\\.)?|java\\.(lang|util|time)\\.)(?=[A-Z])", "");
    }

    /** Adds a question mark to types that may be null, as in Kotlin. */
    private static String written(AnnotatedType type) {
        return shortened(type.getType().getTypeName()) + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
    }

    private static String parameters(Executable code) {
        StringJoiner all = new StringJoiner(", ", "(", ")");
        for (AnnotatedType parameter : code.getAnnotatedParameterTypes()) {
            all.add(written(parameter));
        }
        return all.toString();
    }

    private static String modifiers(int modifiers) {
        String written = Modifier.toString(modifiers & ~(Modifier.TRANSIENT | Modifier.VOLATILE));
        return written.isEmpty() ? "" : written + " ";
    }

    private static String surface() throws Exception {
        StringBuilder surface = new StringBuilder();
        for (Class<?> type : publicTypes()) {
            Set<String> members = new TreeSet<>();
            for (Field field : type.getDeclaredFields()) {
                if (isVisible(field)) {
                    members.add(modifiers(field.getModifiers()) + written(field.getAnnotatedType()) + " "
                            + field.getName());
                }
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (isVisible(constructor)) {
                    members.add(modifiers(constructor.getModifiers()) + type.getSimpleName() + parameters(constructor));
                }
            }
            for (Method method : type.getDeclaredMethods()) {
                if (isVisible(method)) {
                    members.add(modifiers(method.getModifiers()) + written(method.getAnnotatedReturnType()) + " "
                            + method.getName() + parameters(method));
                }
            }
            Type above = type.getGenericSuperclass();
            surface.append(modifiers(type.getModifiers() & ~Modifier.INTERFACE))
                    .append(type.isInterface() ? "interface " : type.isEnum() ? "enum " : "class ")
                    .append(type.getName().substring("io.github.desk365mcp.api.".length()));
            if (above != null && above != Object.class && !type.isEnum()) {
                surface.append(" extends ").append(shortened(above.getTypeName()));
            }
            for (Type one : type.getGenericInterfaces()) {
                surface.append(" : ").append(shortened(one.getTypeName()));
            }
            surface.append('\n');
            members.forEach(member -> surface.append("    ").append(member).append('\n'));
        }
        return surface.toString();
    }

    @Test
    void the_public_surface_changes_only_on_purpose() throws Exception {
        String surface = surface();
        if (System.getProperty("accept") != null) {
            Files.writeString(FILE, surface);
        }
        assertThat(surface).as("run with -Daccept to rewrite %s", FILE).isEqualTo(Files.readString(FILE));
    }

    @Test
    void no_public_method_is_a_word_of_kotlin() throws Exception {
        for (Class<?> type : publicTypes()) {
            assertThat(Arrays.stream(type.getDeclaredMethods())
                            .filter(ApiSurfaceTest::isVisible)
                            .map(Method::getName))
                    .as(type.getName())
                    .doesNotContainAnyElementsOf(KOTLIN);
        }
    }
}
