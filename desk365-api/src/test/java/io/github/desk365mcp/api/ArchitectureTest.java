package io.github.desk365mcp.api;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.ByteString;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;

/** The architecture of the module. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Desk365Client.class.getProtectionDomain().getCodeSource().getLocation());

    private static final String MODEL = Desk365Client.class.getPackageName() + ".model";

    /** The types that static fields may have. The HTTP client is immutable except for its connections. */
    private static final Set<String> IMMUTABLE = Stream.of(
                    String.class,
                    DateTimeFormatter.class,
                    Duration.class,
                    Pattern.class,
                    MediaType.class,
                    ByteString.class,
                    RequestBody.class,
                    OkHttpClient.class,
                    JsonFactory.class,
                    RetryPolicy.class,
                    RequestOptions.class,
                    Transport.Sleeper.class,
                    // Each thread has its own value for the duration of a call.
                    ThreadLocal.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    /** Whether the class and all enclosing classes are public. */
    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }

    private static List<JavaClass> publicClasses() {
        List<JavaClass> found =
                CLASSES.stream().filter(ArchitectureTest::isPublic).toList();
        assertThat(found).as("public classes found").hasSizeGreaterThan(55);
        return found;
    }

    /** Returns all types in public signatures, as "member: type". */
    private static List<String> typesInPublicSignatures(Predicate<String> wanted) {
        return publicClasses().stream()
                .flatMap(type -> Stream.concat(
                        Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                                .map(parent -> type.getName() + ": " + parent.getName()),
                        type.getMembers().stream()
                                .filter(ArchitectureTest::isVisible)
                                .flatMap(member -> types(member).map(t -> member.getFullName() + ": " + t.getName()))))
                .filter(line -> wanted.test(line.substring(line.lastIndexOf(": ") + 2)))
                .toList();
    }

    private static boolean isVisible(JavaMember member) {
        return !member.getModifiers().contains(SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static Stream<JavaClass> types(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit code ? code.getExceptionTypes().stream() : Stream.of();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown);
    }

    @Test
    void there_are_classes_to_look_at() {
        assertThat(CLASSES.size()).isGreaterThan(165);
        assertThat(CLASSES.contain(Json.class)).isTrue();
        assertThat(typesInPublicSignatures(name -> true)).hasSizeGreaterThan(500);
    }

    @Test
    void no_json_library_and_no_io_library_stands_in_a_public_signature() {
        assertThat(typesInPublicSignatures(name -> name.matches("(tools\\.jackson|com\\.fasterxml|okio|kotlin)\\..*")))
                .isEmpty();
    }

    @Test
    void the_http_library_stands_in_one_public_signature() {
        assertThat(typesInPublicSignatures(name -> name.startsWith("okhttp3.")))
                .allMatch(line -> line.startsWith(Desk365Client.Builder.class.getName() + ".httpClient("))
                .isNotEmpty();
    }

    @Test
    void one_class_knows_the_json_library() {
        noClasses()
                .that()
                .haveNameNotMatching(Json.class.getName() + "(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void calls_are_executed_and_never_enqueued() {
        noClasses()
                .should()
                .callMethod(Call.class, "enqueue", okhttp3.Callback.class)
                .check(CLASSES);
    }

    @Test
    void models_are_final_views_or_inputs() {
        List<JavaClass> models = publicClasses().stream()
                .filter(type -> type.getPackageName().equals(MODEL))
                .filter(type -> !type.isInterface() && !type.isEnum())
                .toList();
        assertThat(models).hasSizeGreaterThan(25);
        assertThat(models).allMatch(type -> type.isAssignableTo(JsonDocument.class) ^ type.isAssignableTo(Input.class));
        assertThat(models).allMatch(type -> type.getModifiers().contains(FINAL) || isSealed(type));
        assertThat(models)
                .filteredOn(type -> type.isAssignableTo(JsonDocument.class))
                .allMatch(type -> type.getModifiers().contains(FINAL))
                .allMatch(type -> type.getFields().stream()
                        .allMatch(field -> field.getModifiers().contains(STATIC)));
    }

    private static boolean isSealed(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.reflect().isSealed();
    }

    @Test
    void every_package_says_that_nothing_is_null() {
        Set<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        // These two packages depend on each other; a third one must not join the cycle.
        assertThat(packages).containsExactly(Desk365Client.class.getPackageName(), MODEL);
        assertThat(CLASSES).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    @Test
    void nothing_is_printed() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void no_class_of_the_old_calendar_is_used() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Date|Calendar|GregorianCalendar)|java\\.text\\.(?!Normalizer).*")
                .check(CLASSES);
    }

    @Test
    void nothing_static_changes() {
        List<JavaField> fields = CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(STATIC)
                        && !field.getModifiers().contains(SYNTHETIC))
                .toList();
        assertThat(fields).hasSizeGreaterThan(20);
        assertThat(fields).allMatch(field -> field.getModifiers().contains(FINAL));
        assertThat(fields).allMatch(field -> {
            JavaClass type = field.getRawType();
            return type.isPrimitive()
                    || type.isEnum()
                    || IMMUTABLE.contains(type.getFullName())
                    || Set.of("java.util.List", "java.util.Set").contains(type.getFullName()) && isImmutable(field);
        });
    }

    private static boolean isImmutable(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return String.valueOf(reflected.get(null).getClass()).contains("ImmutableCollections");
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void exceptions_are_unchecked_and_of_one_family() {
        List<JavaClass> exceptions = publicClasses().stream()
                .filter(type -> type.isAssignableTo(Throwable.class))
                .toList();
        assertThat(exceptions).hasSizeGreaterThan(9);
        // A mistake that the caller can detect before the call is a standard Java exception. A spool makes no call: it
        // reads a stream, and throws what streams throw.
        assertThat(exceptions)
                .allMatch(type -> type.isAssignableTo(Desk365Exception.class)
                        || type.isEquivalentTo(InvalidArgumentException.class)
                        || type.isEquivalentTo(Spool.TooLargeException.class));
        // No other code can extend these: its exceptions would be caught as if they came from a call.
        assertThat(exceptions)
                .allMatch(type -> type.getModifiers().contains(FINAL)
                        || type.reflect().isSealed()
                        || type.getConstructors().stream()
                                .noneMatch(c -> c.getModifiers().contains(JavaModifier.PUBLIC)));
    }

    private static boolean ignoresCase(AccessTarget.CodeUnitAccessTarget target) {
        List<JavaClass> parameters = target.getRawParameterTypes();
        return target.getOwner().isEquivalentTo(String.class)
                && switch (target.getName()) {
                    case "equalsIgnoreCase", "compareToIgnoreCase" -> true;
                    // The overload whose first parameter is ignoreCase.
                    case "regionMatches" -> parameters.get(0).isEquivalentTo(boolean.class);
                    case "toLowerCase", "toUpperCase" -> parameters.isEmpty();
                    default -> false;
                };
    }

    /** These methods treat some look-alike letters as equal, and without a locale, they fold differently in Turkish. */
    @Test
    void no_outside_text_is_compared_without_case() {
        for (JavaClass type : CLASSES) {
            Stream<JavaCodeUnitAccess<?>> uses =
                    Stream.concat(type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream());
            assertThat(uses.filter(use -> ignoresCase(use.getTarget())))
                    .as(type.getName())
                    .isEmpty();
            assertThat(type.getFieldAccessesFromSelf())
                    .as(type.getName())
                    .noneMatch(access -> access.getName().equals("CASE_INSENSITIVE_ORDER"));
        }
    }
}
