package io.github.desk365mcp.tools.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.JsonDocument;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The length that is counted is that of the text that is written. */
class JsonLengthTest {

    private static final long SEED = 20_261_129;

    @Test
    void of_random_values_it_is_the_length_of_the_written_text() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            Map<String, @Nullable Object> value = fields(random, 3);
            String json = JsonDocument.toJson(value);
            assertThat(JsonLength.of(value))
                    .as("seed %s, %s", SEED, json)
                    .isEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void each_character_counts_as_it_is_escaped() {
        for (char letter = 0; letter < 0xD800; letter++) {
            Map<String, Object> value = Map.of("a", String.valueOf(letter));
            assertThat(JsonLength.of(value))
                    .as("character %04x", (int) letter)
                    .isEqualTo(JsonDocument.toJson(value).getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private static Map<String, @Nullable Object> fields(Random random, int depth) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(text(random), value(random, depth));
        }
        return fields;
    }

    private static @Nullable Object value(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return random.nextLong();
            case 3:
                return random.nextInt(100);
            case 4:
                return random.nextGaussian() * 1e9;
            case 5:
                return new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(40));
            case 6:
                return text(random);
            case 7:
                return fields(random, depth - 1);
            default:
                List<@Nullable Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                return items;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x20);
                        case 1 -> 0x20 + random.nextInt(0x60);
                        case 2 -> 0x80 + random.nextInt(0xD000);
                        default -> 0x1F300 + random.nextInt(0x300);
                    });
        }
        return text.toString();
    }
}
