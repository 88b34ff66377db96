package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.tools.host.Vocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final Vocabulary ALL_KEYS = Vocabulary.none()
            .statuses("Open", "Closed")
            .types("Question")
            .groups("Network")
            .category("Network", "VPN", "Wi-Fi")
            .category("Printers")
            .agents("kim@acme.example")
            .forms("Default")
            .customFields("Site Name");

    @Test
    void a_vocabulary_can_be_read_as_data() {
        assertThat(ALL_KEYS.toMap())
                .containsEntry("statuses", List.of("Open", "Closed"))
                .containsEntry("categories", Map.of("Network", List.of("VPN", "Wi-Fi"), "Printers", List.of()))
                .containsEntry("custom_fields", List.of("cf_Site Name"))
                .hasSize(7);
    }

    @Test
    void what_is_read_makes_an_equal_vocabulary() {
        Vocabulary flat = Vocabulary.fromMap(Map.of("categories", List.of("Network", "Printers")));

        assertThat(Vocabulary.fromMap(ALL_KEYS.toMap())).isEqualTo(ALL_KEYS).hasSameHashCodeAs(ALL_KEYS);
        assertThat(flat.toMap()).containsEntry("categories", List.of("Network", "Printers"));
        assertThat(Vocabulary.fromMap(flat.toMap())).isEqualTo(flat).isNotEqualTo(ALL_KEYS);
        assertThat(ALL_KEYS.toString()).startsWith("Vocabulary[2 statuses").contains("2 categories", "1 custom_fields");
    }

    @Test
    void words_left_empty_are_no_words() {
        assertThat(ALL_KEYS.statuses().toMap()).doesNotContainKey("statuses");
        assertThat(Vocabulary.none().statuses(" ").forms()).isEqualTo(Vocabulary.none());
        assertThat(Vocabulary.none().toMap()).isEmpty();
    }
}
