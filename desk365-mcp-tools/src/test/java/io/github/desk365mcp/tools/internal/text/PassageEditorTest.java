package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replacing a passage by its text as read. */
class PassageEditorTest {

    private static String edit(String html, String old, String fresh) {
        return PassageEditor.replace(html, old, fresh).html();
    }

    static Stream<Arguments> replacements() {
        return Stream.of(
                Arguments.of("<p class=x>Wait <b>3</b> days.</p><img src='a.png'>", "Wait 3 days.", "Wait 30 days.", "<p class=x>Wait <b>30</b> days.</p><img src='a.png'>"),
                Arguments.of("<p>Click <b>Save</b>.</p>", "Click Save.", "Click Save now.", "<p>Click <b>Save</b> now.</p>"),
                Arguments.of("<p>Click <b>Save</b>.</p>", "Click Save.", "Please click Save.", "<p>Please click <b>Save</b>.</p>"),
                Arguments.of("<p>Click <b>Save</b>.</p>", "Save", "Save all", "<p>Click <b>Save</b> all.</p>"),
                Arguments.of("<p>See the <a href=\"https://x.example/g\">guide</a> today.</p>", "See the guide (https://x.example/g) today.", "Read the guide (https://x.example/g) tomorrow.", "<p>Read the <a href=\"https://x.example/g\">guide</a> tomorrow.</p>"),
                Arguments.of("<p>See the <a href=\"https://x.example/g\">guide</a>.</p>", "See the guide.", "See our guide.", "<p>See our <a href=\"https://x.example/g\">guide</a>.</p>"),
                Arguments.of("<p>See the <a href=\"https://x.example/g\">guide</a> now.</p>", "See the guide (https://x.example/g) now.", "Ask us now.", "<p>Ask us now.</p>"),
                Arguments.of("<p>A</p><p>Gone <i>too</i>.</p><p>B</p>", "Gone too.", "", "<p>A</p><p>B</p>"),
                Arguments.of("<ul><li>One</li><li>Two <b>x</b></li></ul>", "- Two x", "- Three x", "<ul><li>One</li><li>Three <b>x</b></li></ul>"),
                Arguments.of("<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>", "One Two", "One 2", "<ul>\n  <li>One</li>\n  <li>2</li>\n</ul>"),
                Arguments.of("<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>", "- One\n- Two", "- One\n- 2", "<ul>\n  <li>One</li>\n  <li>2</li>\n</ul>"),
                Arguments.of("<ul><li>One</li></ul>x", "- One", "", "x"),
                Arguments.of("<table><tr><td>a</td><td>c</td></tr></table>", "a", "b b", "<table><tr><td>b b</td><td>c</td></tr></table>"),
                Arguments.of("<table><tr><td>a</td><td>c</td></tr></table>", "c", "", "<table><tr><td>a</td><td></td></tr></table>"),
                Arguments.of("<p>Caf&eacute; &amp;&nbsp;bar &lt;3</p>", "Café & bar <3", "Café & pub <3", "<p>Caf&eacute; &amp;&nbsp;pub &lt;3</p>"),
                Arguments.of("<p>It’s “on”.</p>", "It's \"on\".", "It's \"off\".", "<p>It’s “off”.</p>"),
                Arguments.of("<p>a<br>b</p>", "a b", "a c & d", "<p>a<br>c &amp; d</p>"),
                Arguments.of("<b>o</b>ne <b>t</b>wo", "one two", "one six", "<b>o</b>ne <b>six</b>"),
                Arguments.of("<p>pass<b>word</b> x</p>", "password", "passphrase", "<p>passphrase x</p>"),
                Arguments.of("Plain text, 3 days & more.", "3 days", "4 days", "Plain text, 4 days & more."),
                Arguments.of("<p>log in here</p>", "log in", "login", "<p>login here</p>"),
                Arguments.of("<p>One.</p>", "One.", "One.\nTwo.", "<p>One.<br>Two.</p>"),
                Arguments.of("<p>Ke\u00ADep <!-- c --> the<style>p{color:red}</style> cat</p>", "Keep the cat", "Keep the dog", "<p>Ke\u00ADep <!-- c --> the<style>p{color:red}</style> dog</p>"),
                Arguments.of("<p>a  <b> x </b>  y</p>", "a x y", "a y", "<p>a  y</p>"));
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void only_the_words_that_differ_change(String html, String old, String fresh, String expected) {
        assertThat(edit(html, old, fresh)).isEqualTo(expected);
    }
}
