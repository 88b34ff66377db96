package io.github.desk365mcp.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<p>Hello,</p><p>it rains.</p> | Hello,it rains.",
                "a&nbsp;b &amp; &lt;c&gt; | a b & <c>",
                "&#8364;5 &#x1F600; | €5 😀",
                "&unknown; &#99999999; | &unknown; &#99999999;",
                "no HTML at all | no HTML at all",
            })
    void tags_and_entities_become_text_without_breaks(String html, String text) {
        assertThat(HtmlText.of(html)).isEqualTo(text);
    }
}
