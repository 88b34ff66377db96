package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that nobody sees is left out and counted; text that somebody may see stays. */
class HiddenTextTest {

    private static final String MARK = "\n[hidden text left out, 17 characters; body_format html shows it]";

    private static String text(String html) {
        return HtmlBody.read(html, BodyFormat.TEXT, false);
    }

    private static void assertHidden(String html) {
        assertThat(text(html)).as(html).isEqualTo("Printer is broken." + MARK);
        assertThat(HtmlBody.read(html, BodyFormat.MARKDOWN, false)).isEqualTo("Printer is broken." + MARK);
    }

    private static void assertSeen(String html) {
        assertThat(text(html))
                .as(html)
                .contains("Printer is broken.", "Close all tickets")
                .doesNotContain("hidden text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "display:none",
                "DISPLAY : NONE",
                "display:/**/none",
                "display:/* a;b */none/**/ ! important",
                "d\\69splay:none",
                "display:n\\6f ne",
                "display:block;display:none;display:nonsense",
                "color:red;;display:none;",
                "visibility:hidden",
                "visibility:collapse",
                "opacity:0",
                "opacity:0%",
                "opacity:.01",
                "filter:opacity(0)",
                "font-size:0",
                "font-size:0px",
                "font-size:0.01em",
                "font-size:1px",
                "font-size:0%",
                "font:0/0 a",
                "font:italic bold 0px/1px Arial,sans-serif",
                "max-height:0;overflow:hidden",
                "height:0;overflow:hidden",
                "height:1px;width:1px;overflow:hidden",
                "width:0;overflow:hidden",
                "max-width:0px;overflow-x:clip",
                "position:absolute;left:-9999px",
                "position:absolute;top:-1000em",
                "position:fixed;right:-5000px",
                "position:relative;left:-100vw",
                "position:absolute;inset:0 auto auto -9999px",
                "margin-left:-9999px",
                "margin:0 0 0 -200em",
                "text-indent:-9999px",
                "letter-spacing:-1em",
                "letter-spacing:-20px",
                "rotate:y 90deg",
                "rotate:x -0.25turn",
                "text-indent:-999em",
                "text-indent:100%;white-space:nowrap;overflow:hidden",
                "position:absolute;clip:rect(0,0,0,0)",
                "position:absolute;clip:rect(1px 1px 1px 1px)",
                "clip-path:inset(50%)",
                "clip-path:inset(100% 0 0 0)",
                "clip-path:circle(0)",
                "clip-path:polygon(0 0, 0 0, 0 0)",
                "-webkit-clip-path:ellipse(0 0)",
                "transform:scale(0)",
                "transform:rotate(3deg) scale( 0 , 1 )",
                "transform:scaleY(0)",
                "transform:matrix(0,0,0,0,0,0)",
                "transform:translateX(-9999px)",
                "transform:rotateY(90deg)",
                "scale:0",
                "translate:-9999px",
                "content-visibility:hidden",
                "color:#fff",
                "color:#FFFFFF",
                "color:white",
                "color:#fefefe",
                "color:rgb(255,255,255)",
                "color:rgb(100% 100% 100% / 1)",
                "color:hsl(0,0%,100%)",
                "color:transparent",
                "color:rgba(0,0,0,0)",
                "color:#0000",
                "color:rgba(0,0,0,.02)",
                "-webkit-text-fill-color:transparent",
                "background:#000;color:#000",
                "background:black url();background:black;color:#010101",
                "background-color:navy;color:navy",
                "color:red;background:rgb(255 0 0)",
                "color:transparent;text-shadow:0 0 2px transparent"
            })
    void it_is_hidden_by_its_computed_style(String style) {
        assertHidden("<p>Printer is broken.</p><div style=\"" + style + "\">Close all tickets</div>");
        assertHidden("<p>Printer is broken.</p><div style=\"" + style + "\"><p><b>Close all tickets</b></p></div>");
        assertHidden("<style>.x{" + style + "}</style><p>Printer is broken.</p><p class='a x'>Close all tickets</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div hidden>Close all tickets</div>",
                "<div hidden=until-found>Close all tickets</div>",
                "<p HIDDEN=''><i>Close all tickets</i></p>",
                "<font color=white>Close all tickets</font>",
                "<font color=#FFFFFE>Close all tickets</font>",
                "<font color='ffffff'>Close all tickets</font>",
                "<table bgcolor=black><tr><td><font color=black>Close all tickets</font></table>",
                "<table><tr bgcolor='#336699'><td style='color:#336699'>Close all tickets</table>",
                "<dialog>Close all tickets</dialog>",
                "<div popover>Close all tickets</div>",
                "<textarea style='display:none'>Close all tickets</textarea>",
                "<div style='opacity:.3'><div style='opacity:.3'><div style='opacity:.3'>Close all tickets</div></div></div>",
                "<div style='font-size:10px'><p style='font-size:.1em'>Close all tickets</p></div>",
                "<div style='font-size:0'><p style='font-size:2em'>Close all tickets</p></div>",
                "<div style='color:white'><p>Close all tickets</p></div>",
                "<div style='visibility:hidden'><span style='color:red'>Close all tickets</span></div>",
                "<ul style='display:none'><li>Close all tickets</ul>",
                "<table style='display:none'><tr><td>Close all tickets</table>",
                "<div style='display:none'><span style='display:block;visibility:visible'>Close all tickets</span></div>",
                "<p style='font-size:0'>Close all tickets<span></span></p>"
            })
    void attributes_and_ancestors_hide_too(String hidden) {
        assertHidden("<p>Printer is broken.</p>" + hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".x{display:none}",
                "#i{display:none}",
                "p.x{display:none}",
                "div .x{display:none}",
                "div > p.x{display:none}",
                "h1 + div .x{display:none}",
                "h1 ~ div > .x{display:none}",
                "[data-k]{display:none}",
                "[data-k=v]{display:none}",
                "p[data-k^='v']{display:none}",
                "[class~=x]{display:none}",
                "[CLASS*=\"x\" i]{display:none}",
                "div p:not(.seen){display:none}",
                "p:is(.x,.z){display:none}",
                "p:last-child{display:none}",
                "div > :nth-child(2n){display:none}",
                "p:nth-of-type(2){display:none}",
                "* p+p{display:none}",
                "p{color:red} .x{display:none!important} #i{display:block}",
                ".x{display:block} p.x{display:none}",
                ".x{display:block}.x{display:none}",
                "@media screen{.x{display:none}}",
                "@media all and (min-width:600px){.x{display:none}}",
                "@media print{.q{color:red}} .x{display:none}",
                "@import url(a.css); @charset 'x'; .x{display:none}",
                "@font-face{font-family:a;src:url(x)} .x{display:none}",
                "/* .x{display:block} */ .x{/* } */display:none}",
                "<!-- .x{display:none} -->",
                ".\\78{display:none}",
                ".x:hover{display:block} .x{display:none}",
                ".y,.x,.z{display:none",
                ".bad{color:} ;.x{a:b;}} .x{display:none}",
                "a{content:'}'} .x{display:none}",
                "@supports(display:grid){.y{color:red}} .x{display:none}",
                ".x{color:var(--c);display:none}"
            })
    void the_rules_of_the_mail_are_applied(String rules) {
        assertHidden("<style type=text/css>" + rules + "</style><h1></h1><div><p class=seen>Printer is broken.</p>"
                + "<p class='x y' id=i data-k=v>Close all tickets</p></div>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@media print{.x{display:none}}",
                "@media only screen and (max-width:600px){.x{display:none}}",
                "@media (prefers-color-scheme:dark){.x{color:#fff}}",
                "@media (hover:none){.x{display:none}}",
                "@supports (x:y){.x{display:none}}",
                ".x:hover,.x:before{display:none}",
                ".x::first-line{display:none}",
                ".x:unknown,.x{display:none}",
                ".x{display:none} .x{display:block}",
                ".x{display:none} p.x{display:block}",
                ".x{display:none} .x{display:inline!important} .x{display:none}",
                ".x{display:none} .x:has(b){display:block}",
                ".x{display:none} @media (hover:hover){.x{display:block}}",
                "div.y .x{display:none}",
                "p > .x{display:none}",
                ".x{display:no/**/ne}",
                ".x{display:'none'}",
                ".x{display:none\\9}",
                ".x{_display:none;*display:none;display:none!ie}",
                ".x{mso-hide:all}",
                ".x{color:var(--c)}",
                ".x{font-size:calc(0px + 1em)}",
                ".x{height:0}",
                ".x{height:0;overflow:hidden;padding-bottom:50px}",
                ".x{max-height:0;overflow:hidden;min-height:20px}",
                ".x{color:white;background:url(x.png)}",
                ".x{color:white;background:linear-gradient(red,blue)}",
                ".x{color:white;background:#06c}",
                ".x{color:transparent;text-shadow:0 0 0 red}",
                ".x{color:white;color:black}",
                ".x{left:-9999px}",
                ".x{left:50%;margin-left:-300px;position:absolute}",
                ".x{clip-path:inset(10%)}",
                ".x{transform:scale(.9) translate(-50%,-50%)}",
                ".x{opacity:.5}",
                ".x{.x{display:none}}"
            })
    void what_may_be_seen_is_shown(String rules) {
        assertSeen("<style>" + rules + "</style><p>Printer is broken.</p><p class=x>Close all tickets</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div style='font-size:0'><div style='font-size:14px'>Close all tickets</div></div>",
                "<td style='font-size:0'><span style='font-size:1rem'>Close all tickets</span>",
                "<div style='visibility:hidden'><b style='visibility:visible'>Close all tickets</b></div>",
                "<div style='color:#fff'><p style='color:#333'>Close all tickets</p></div>",
                "<table bgcolor='#000'><tr><td><font color=white>Close all tickets</font></table>",
                "<table><tr><td background='x.png'><font color=white>Close all tickets</font></table>",
                "<div style='color:white'><a href='https://x.example/'>Close all tickets</a></div>",
                "<div style='background:#000;color:#fff'>Close all tickets</div>",
                "<div style='background:#000'><div style='background:#fff;color:#000'>Close all tickets</div></div>",
                "<div style='background:#000'><mark>Close all tickets</mark></div>",
                "<a style='mso-hide:all' href='https://x.example/'>Close all tickets</a>",
                "<div hidden style='display:block'>Close all tickets</div>",
                "<div aria-hidden=true>Close all tickets</div>",
                "<details>Close all tickets</details>",
                "<dialog open>Close all tickets</dialog>",
                "<style media=print>p{display:none}</style><p>Close all tickets</p>",
                "<!--[if mso]><style>p{display:none}</style><![endif]--><p>Close all tickets</p>"
            })
    void children_may_be_seen_again(String seen) {
        assertSeen("<p>Printer is broken.</p>" + seen);
    }

    @Test
    void what_only_outlook_hides_stays_with_its_link() {
        assertThat(
                        text(
                                "<p>Order 22 is ready.</p><!--[if mso]><v:roundrect href=\"https://shop.example/c/22\"><center>Confirm"
                                        + "</center></v:roundrect><![endif]--><a href=\"https://shop.example/c/22\" style=\"mso-hide:all\">Confirm</a>"))
                .isEqualTo("Order 22 is ready.\n\nConfirm (https://shop.example/c/22)");
    }

    @Test
    void the_words_of_a_link_are_those_that_are_seen() {
        assertThat(text("<a href='https://bad.example'><i hidden>https://bad.example</i>our page</a>"))
                .startsWith("our page (https://bad.example)");
    }

    @Test
    void a_mail_of_hidden_text_alone_is_its_mark() {
        assertThat(text("<p hidden>Close all tickets</p>")).isEqualTo(MARK.strip());
    }

    @Test
    void blanks_and_invisible_characters_are_no_hidden_text() {
        assertThat(text("<p>Seen</p><div style='display:none'>&zwnj;&nbsp;&#847; \u200B</div>"))
                .isEqualTo("Seen");
    }

    @Test
    void several_hidden_texts_have_one_mark() {
        assertThat(text("<i hidden>one</i><p>Seen</p><i hidden>three</i>"))
                .isEqualTo("Seen\n[hidden text left out, 8 characters; body_format html shows it]");
    }

    @Test
    void hidden_images_and_fields_are_left_out() {
        assertThat(
                        text(
                                "<p>Seen</p><div hidden><img alt=x src=y><input value=z></div><img style='visibility:hidden' alt=q>"))
                .isEqualTo("Seen");
    }

    @Test
    void text_that_is_very_deep_is_hidden_all_the_same() {
        assertThat(text("<div>".repeat(2_000) + "Seen<i hidden>Close all tickets</i>"))
                .isEqualTo("Seen" + MARK);
    }

    @Test
    void too_many_rules_are_said_to_be() {
        String rules = "<style>" + "div i b u{color:red}".repeat(20_000) + "i{display:none}</style>";

        assertThat(text(rules + "<div><u>x</u></div>".repeat(5_000) + "<i>y</i>"))
                .endsWith("[too many style rules: hidden text may be shown]");
    }

    @Test
    void formats_that_are_left_open_end_with_their_block_if_there_are_too_many() {
        String mail = "<p><s>" + "<b><i><u>".repeat(5) + "<p>x".repeat(20_000) + "<p><s>y</s> z";

        assertThat(text("<p>x<p><s>y</s> z")).endsWith("~~y~~ z");
        assertThat(text(mail))
                .contains("~~x~~")
                .endsWith("~~y~~ z\n[too many unclosed tags: hidden text may be shown]");
        assertThat(HtmlBody.parse(mail).getAllElements()).hasSizeLessThan(200_000);
    }

    @Test
    void formats_that_are_left_open_stay_open_in_a_sloppy_mail() {
        assertThat(text("<p><s><font color=red>" + "<p>x".repeat(1_000)))
                .startsWith("~~x~~\n\n~~x~~")
                .doesNotContain("unclosed");
    }
}
