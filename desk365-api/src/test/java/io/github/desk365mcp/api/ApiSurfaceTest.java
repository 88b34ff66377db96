package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The public types and members stand in api.txt, so that a change of them is seen. Run with {@code -Daccept} to write
 * the file anew.
 */
class ApiSurfaceTest {

    private static final Path FILE = Path.of("api.txt");

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Words that Kotlin keeps for itself: a method that is called so must be quoted there. */
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

    /** With a question mark where it may be null, as in Kotlin. */
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
        assertThat(surface).as("run with -Daccept to write %s anew", FILE).isEqualTo(Files.readString(FILE));
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

    /** Of the kinds that javadoc counts as missing the one that matters; the sentence says what comes back. */
    @Test
    void every_public_member_has_a_comment() throws Exception {
        Pattern member = Pattern.compile(
                "^( {4}){0,2}(public|protected) .*[({]$|^( {4}){1,2}public .*\\{ ?\\}$|^    [A-Z_0-9]+\\(.*\\)[,;]$");
        List<String> without = new ArrayList<>();
        int found = 0;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            files = walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            List<String> lines = Files.readString(file, UTF_8).lines().toList();
            if (lines.stream().noneMatch(line -> line.startsWith("public "))) {
                continue;
            }
            for (int i = 1; i < lines.size(); i++) {
                Matcher matcher = member.matcher(lines.get(i));
                if (!matcher.find()) {
                    continue;
                }
                found++;
                int above = i - 1;
                boolean overrides = false;
                while (lines.get(above).strip().startsWith("@")) {
                    overrides |= lines.get(above).contains("@Override");
                    above--;
                }
                if (!overrides && !lines.get(above).strip().endsWith("*/")) {
                    without.add(file.getFileName() + ": " + lines.get(i).strip());
                }
            }
        }
        assertThat(found).isGreaterThan(600);
        assertThat(without).isEmpty();
    }
}
