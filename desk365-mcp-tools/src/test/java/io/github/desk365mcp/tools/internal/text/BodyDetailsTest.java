package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a reader sees is lost on the way to text, or means something else. */
class BodyDetailsTest {

    private static String text(String html) {
        return HtmlBody.read(html, BodyFormat.TEXT, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '%', textBlock = """
            Order <span style="text-decoration:line-through">5</span> 7 pieces ¦ Order ~~5~~ 7 pieces
            Order <span style="text-decoration: underline line-through red">5</span> 7 ¦ Order ~~5~~ 7
            Order <span style="text-decoration-line:line-through">5 <b>and</b> 6</span> 7 ¦ Order ~~5 and 6~~ 7
            <style>.old{text-decoration:line-through}</style>Order <i class=old>5</i> 7 ¦ Order ~~5~~ 7
            Order <s style="text-decoration:none">5</s> 7 ¦ Order 5 7
            Order <del style="text-decoration:none">5</del><strike>6</strike> 7 ¦ Order 5~~6~~ 7
            <s>5 <a style="text-decoration:none">6</a></s> 7 ¦ ~~5 6~~ 7
            <div style="text-decoration:line-through"><p>One</p><p>Two</p></div>Three ¦ %~~One~~

            ~~Two~~

            Three%
            <table><tr style="text-decoration:line-through"><td>A</td><td>B</td></tr></table> ¦ ~~A~~ | ~~B~~
            <ul><li><s>Tea</s></li><li>Milk</li></ul> ¦ %- ~~Tea~~
            - Milk%
            """)
    void what_is_struck_through_is_marked(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @Test
    void struck_words_and_emphasis_are_marked_in_order() {
        assertThat(HtmlBody.read("<s>a <b>b</b></s> <b><s>c</s> d</b>", BodyFormat.MARKDOWN, false))
                .isEqualTo("~~a~~ **~~b~~** **~~c~~ d**");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            <p>Call Ann <ann@northwind.example>, see <C:\\Temp\\log.txt>.</p> ¦ Call Ann <ann@northwind.example>, see <C:\\Temp\\log.txt>.
            <p>See <https://x.example/a> or <\\\\srv\\share></p> ¦ See <https://x.example/a> or <\\\\srv\\share>
            <p>List<String> and <server name="a">b</server></p> ¦ List<String> and <server name="a">b</server>
            <p><your-name> and <mailto:a@b.example></p> ¦ <your-name> and <mailto:a@b.example>
            <p>a <b>c</b> <o:p>d</o:p><st1:city>e</st1:city> <u-text>f</u-text></p> ¦ a c de f
            """)
    void what_is_no_element_is_text(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            Backup <span style="font-family:Wingdings">ü</span>, Mail <span style="font-family:Wingdings">û</span> ¦ Backup ✓, Mail ✗
            Thanks <span style='font-family:Wingdings'>J</span> <font face="Wingdings">L K</font> ¦ Thanks ☺ ☹ 😐
            <font face=wingdings>þ</font> A <font face="Wingdings, serif">o</font> B <font face=Wingdings>ý¨</font> ¦ ☑ A ☐ B ☒☐
            A <span style="font-family:'Wingdings'">à</span> B <span style="font-family:Wingdings">ß è</span> C ¦ A → B ← → C
            <span style="font-family:'Wingdings 2'">P O R S</span> ¦ ✓ ✗ ☑ ☒
            <span style="font-family:Symbol">m</span>m <font face="Symbol">W a £ · ®</font> ¦ µm Ω α ≤ • →
            <span style="font-family:Wingdings">&#61692; &#xF0FB;</span> ¦ ✓ ✗
            Done &#61692; and &#xF0B7; ¦ Done ✓ and •
            <style>.w{font-family:Wingdings}</style><b class=w>ü</b> ¦ ✓
            <font face="Segoe UI Symbol">m</font> <font face="Arial, Wingdings">ü</font> ¦ m ü
            <span style="font-family:Wingdings"><span style="font-family:Calibri">ü</span></span> ¦ ü
            <font face="Webdings">a</font> <font face="Wingdings 3">g</font> ¦ ✓ →
            """)
    void symbols_are_what_they_look_like(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            <ul><li><input type="checkbox" checked> A</li><li><input type="checkbox"> B</li></ul> ¦ ~- [x] A
            - [ ] B~
            <input type=radio name=a>No <input type=radio name=a checked>Yes ¦ ( ) No (x) Yes
            Serial: <input value="A-77"> <input type=hidden value=x><input type=password value=y> ¦ Serial: A-77
            <input type=submit value=Send> <button>Cancel</button> ¦ [Send] Cancel
            Size: <select><option>S<option selected>M<option>L</select> now ¦ Size: M now
            Size: <select><option>S<option>M</select>, <select multiple><option selected>a<option selected>b</select> ¦ Size: S , a, b
            ~<textarea>One
            two</textarea>~ ¦ ~One
            two~
            <table><tr><td><input type=checkbox CHECKED></td><td>A</td></tr></table> ¦ [x] | A
            """)
    void fields_show_what_is_in_them(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            <table><tr><td rowspan=2>A</td><td>1</td></tr><tr><td>2</td></tr><tr><td>B</td><td>3</td></tr></table> ¦ ~A | 1
            | 2
            B | 3~
            <table><tr><th colspan=2>A</th><th>B</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table> ¦ ~A | | B
            1 | 2 | 3~
            <table><tr><td>a</td><td rowspan="3">b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td></tr></table> ¦ ~a | b | c
            d | | e
            f | | g~
            <table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table> ¦ ~a | | b
            | | c~
            <table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr></table> ¦ ~a | b
            | c~
            <table><tr><td colspan=3>Title</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table> ¦ ~Title
            1 | 2 | 3~
            <table><thead><tr><th rowspan=9>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table> ¦ ~A | B
            1 | 2~
            <table><tr><td>1</td><td hidden></td><td>2</td></tr></table> ¦ 1 | 2
            """)
    void values_stay_under_their_columns(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            <ol type="a"><li>X</li><li>Y</li></ol> ¦ ~a. X
            b. Y~
            <ol type=A start=26><li>X</li><li>Y</li></ol> ¦ ~Z. X
            AA. Y~
            <ol type=i start=3><li>X</li><li>Y</li></ol> ¦ ~iii. X
            iv. Y~
            <ol type=I><li>X</li><li value=9>Y</li></ol> ¦ ~I. X
            IX. Y~
            <ol reversed><li>X</li><li>Y</li></ol> ¦ ~2. X
            1. Y~
            <ol reversed start=10><li>X</li><li>Y</li></ol> ¦ ~10. X
            9. Y~
            <ol style="list-style-type:upper-roman"><li>X</li></ol> ¦ I. X
            <ol style="list-style:lower-alpha inside"><li>X</li></ol> ¦ a. X
            <style>ol li{list-style-type:lower-latin}</style><ol><li>X</li></ol> ¦ a. X
            <ul style="list-style-type:decimal"><li>X</li></ul> ¦ 1. X
            <ol style="list-style-type:decimal-leading-zero"><li>X</li></ol> ¦ 01. X
            <ol style="list-style:none"><li>X</li></ol> ¦ - X
            <ol type=a><li>X<ol type=i><li>Y</li></ol></li></ol> ¦ ~a. X
              i. Y~
            """)
    void items_are_numbered_as_they_are_seen(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Config:\n<code>x</code>\n<server name=\"a\">\n</server>\nDoes not start.",
                "Line one\nuse <br> here\nline three\nline four",
                "if a < b\n<b>bold</b>\nend",
                "<config>\n<server name='a'>\n<b>x</b>\n</config>\nDoes not start."
            })
    void text_in_which_a_tag_stands_keeps_its_lines(String text) {
        assertThat(text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            ~Hello Ann,<br>
            the printer<br>
            is broken~ ¦ ~Hello Ann,
            the printer
            is broken~
            ~<p>One
            two</p>~ ¦ One two
            ~Hi <b>you</b> there~ ¦ Hi you there
            """)
    void html_with_line_breaks_is_html(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            10<span style="vertical-align:super">6</span> ¦ 10^6
            10<span style="font-size:.6em;vertical-align:super">-3</span> m ¦ 10^-3 m
            2<sup>1/2</sup> ¦ 2^(1/2)
            10<sup> 6 </sup> ¦ 10^6
            e<sup>2x+1</sup>, x<sup>n</sup> ¦ e^(2x+1), x^n
            1<sup>st</sup>, M<sup>me</sup>, Acme<sup>TM</sup> ¦ 1st, Mme, AcmeTM
            <style>.p{vertical-align:super}</style>m<i class=p>2</i> ¦ m^2
            10<sup style="vertical-align:baseline">6</sup> ¦ 106
            2<sup>1</sup>/<sub>2</sub> cups ¦ 2 1/2 cups
            2 <sup>3</sup>⁄<sub>4</sub> in ¦ 2 3⁄4 in
            """)
    void powers_and_fractions_are_no_other_numbers(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            <a href="https://x.example/Abc">x.example/abc</a> ¦ x.example/abc (https://x.example/Abc)
            <a href="https://X.example/abc/">x.example/abc</a> ¦ x.example/abc
            <a href="https://x.example/?a=B">https://x.example/?a=b</a> ¦ https://x.example/?a=b (https://x.example/?a=B)
            <a href="mailto:Ann@X.example">ann@x.example</a> ¦ ann@x.example
            <a href="www.x.example/y">here</a> ¦ here (www.x.example/y)
            <a href="\\\\srv\\share">the share</a> ¦ the share (\\\\srv\\share)
            <a href="sms:+4930123">text us</a> <a href="tel:+4930123">+49 30 123</a> ¦ text us (sms:+4930123) +49 30 123
            <a href="kb/7">here</a> <a href="/kb/8">there</a> <a href="#top">up</a> ¦ here (kb/7) there (/kb/8) up
            <a href="JavaScript:x()">a</a> <a href="data:text/html,x">b</a> <a href="">c</a> ¦ a b c
            <a href="https://x.example/z"></a>Words ¦ Words
            He said <q>no</q>. ¦ He said "no".
            <iframe src="https://v.example/1"></iframe> ¦ [iframe: https://v.example/1]
            <video src="https://v.example/2.mp4" controls>old browser</video> ¦ [video: https://v.example/2.mp4]
            <audio><source src="https://v.example/3.mp3"></audio> ¦ [audio: https://v.example/3.mp3]
            <map><area href="https://x.example/m" alt="Map"></map> ¦ Map (https://x.example/m)
            """)
    void links_quotes_and_films_are_not_lost(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @Test
    void emphasis_that_a_style_takes_away_is_none() {
        assertThat(HtmlBody.read(
                        "<b style='font-weight:normal' id='docs-internal-guid-1'><p>Hello <b>you</b></p></b>",
                        BodyFormat.MARKDOWN,
                        false))
                .isEqualTo("Hello **you**");
    }
}
