package io.github.desk365mcp.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON from anywhere reads as Jackson's own tree, or fails in the documented way. */
class JsonFuzzTest {

    /** Takes what ours may refuse as extreme. */
    private static final StreamReadConstraints WIDE = StreamReadConstraints.builder()
            .maxNestingDepth(5_000)
            .maxNumberLength(1_000_000)
            .maxNameLength(1_000_000)
            .build();

    private static final JsonMapper JACKSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(WIDE).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonMapper EACH_KEY_ONCE = JACKSON.rebuild()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final String EXTREME =
            "JSON that is too deeply nested or too long|" + "JSON with a number that is too large or too small";

    /** Nothing of the text but a key. */
    private static final Pattern REFUSAL = Pattern.compile("Not a JSON object: ("
            + "not JSON at line \\d+, column \\d+|empty, not JSON|text after the JSON value|another JSON value|"
            + EXTREME
            + "|JSON that cannot be read: \\w+)|The key .{0,65} occurs twice in one object");

    @FuzzTest
    void a_text_reads_as_a_tree_or_is_refused_without_a_quotation(byte[] input) throws IOException {
        String json = new String(input, UTF_8);
        JsonDocument read;
        try {
            read = JsonDocument.parse(json);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches(REFUSAL);
            JsonNode tree = tree(EACH_KEY_ONCE, Json.withoutByteOrderMark(json));
            if (!String.valueOf(e.getMessage()).matches("Not a JSON object: (" + EXTREME + ")")) {
                assertThat(tree == null || !tree.isObject()).as(e.getMessage()).isTrue();
            }
            return;
        }
        same(read.toMap(), tree(EACH_KEY_ONCE, Json.withoutByteOrderMark(json)));
        assertThat(JsonDocument.parse(read.toJson())).isEqualTo(read).hasSameHashCodeAs(read);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        read.writeTo(bytes);
        assertThat(Json.read(new ByteArrayInputStream(bytes.toByteArray()))).isEqualTo(read.toMap());
        fields(read);
    }

    /** The bytes of a response: in any encoding, cut off, or something else. */
    @FuzzTest
    void bytes_read_as_a_tree_or_are_malformed(byte[] input) throws IOException {
        Object read;
        try {
            read = Json.read(new ByteArrayInputStream(input));
        } catch (Json.Malformed e) {
            return;
        }
        same(read, JACKSON.readTree(input));
        assertThat(Json.read(Json.write(read))).isEqualTo(read);
    }

    /** Each field is read as each type, as a typed record does. */
    private static void fields(JsonDocument document) {
        List<Function<String, @Nullable Object>> readers = List.of(
                document::text,
                document::integer,
                document::number,
                document::flag,
                document::time,
                document::date,
                name -> List.copyOf(document.texts(name)),
                name -> {
                    JsonDocument inner = document.document(name);
                    if (inner != null) {
                        fields(inner);
                    }
                    return inner;
                },
                name -> {
                    List<JsonDocument> items = document.objects(name, JsonDocument::new);
                    items.forEach(item -> {
                        if (item != null) {
                            fields(item);
                        }
                    });
                    return items;
                });
        for (String name : document.toMap().keySet()) {
            for (Function<String, @Nullable Object> reader : readers) {
                try {
                    Object value = reader.apply(name);
                    assertThat(value == null || document.has(name)).isTrue();
                } catch (InvalidResponseException e) {
                    assertThat(e.getMessage()).startsWith("JsonDocument." + name);
                }
            }
        }
    }

    private static @Nullable JsonNode tree(JsonMapper mapper, String json) {
        try {
            return mapper.readTree(json);
        } catch (JacksonException | NumberFormatException e) {
            return null;
        }
    }

    private static void same(@Nullable Object value, @Nullable JsonNode other) {
        JsonNode tree = Objects.requireNonNull(other, "Jackson reads no JSON");
        if (value instanceof Map<?, ?> map) {
            assertThat(tree.isObject()).isTrue();
            assertThat(map.keySet().stream().map(String::valueOf)).containsExactlyElementsOf(tree.propertyNames());
            map.forEach((name, field) -> same(field, tree.get(String.valueOf(name))));
        } else if (value instanceof List<?> list) {
            assertThat(tree.isArray()).isTrue();
            assertThat(list).hasSize(tree.size());
            for (int i = 0; i < list.size(); i++) {
                same(list.get(i), tree.get(i));
            }
        } else if (value instanceof Number number) {
            assertThat(tree.isNumber()).isTrue();
            assertThat(new BigDecimal(number.toString())).isEqualByComparingTo(tree.decimalValue());
        } else if (value instanceof String text) {
            assertThat(tree.isString()).isTrue();
            assertThat(text).isEqualTo(tree.stringValue());
        } else if (value instanceof Boolean flag) {
            assertThat(tree.isBoolean() && tree.booleanValue() == flag).isTrue();
        } else {
            assertThat(value).isNull();
            assertThat(tree.isNull()).isTrue();
        }
    }
}
