package io.github.desk365mcp.tools.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new stays, what is known from before is folded, and what was forwarded is new. */
class FoldedHistoryTest {

    private static final String OUTLOOK =
            "<b>From:</b> Support &lt;s@desk.example&gt;<br><b>Sent:</b> Monday, 4 May 2026 10:00<br>"
                    + "<b>To:</b> Rita<br><b>Subject:</b> Printer<br>";

    private static String text(String body) {
        return HtmlBody.read(body, BodyFormat.TEXT, true);
    }

    @Test
    void an_answer_below_the_quotation_in_its_container_stays() {
        assertThat(text(
                        "<div>Hello Rita, good morning</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Fri, Support"
                                + " wrote:</div><blockquote class=\"gmail_quote\">Which floor?</blockquote>"
                                + "<div>We are on floor 4.</div></div>"))
                .startsWith("Hello Rita, good morning\nWe are on floor 4.\n[quoted history folded, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div class='gmail_quote gmail_quote_container'><div dir=ltr class='gmail_attr'>On Fri, 1 May 2026, Support wrote:<br>"
                        + "</div><blockquote class='gmail_quote'>Old one?</blockquote>On floor 4.<blockquote class='gmail_quote'>Old"
                        + " two?</blockquote>At ten.</div>",
                "<blockquote type=cite>Old one?</blockquote><p>On floor 4.</p><blockquote type=cite>Old two?</blockquote><p>At"
                        + " ten.</p>",
                "<div class='moz-cite-prefix'>On 5/3/26 10:00, Ann wrote:<br></div><blockquote type=cite>Old one?</blockquote>On floor"
                        + " 4.<br><blockquote type=cite>Old two?</blockquote>At ten.",
                "<div class='protonmail_quote'>On Friday, Ann &lt;a@desk.example&gt; wrote:<br><blockquote class='protonmail_quote'"
                        + " type=cite>Old one?</blockquote>On floor 4.<blockquote type=cite>Old two?</blockquote>At ten.</div>",
                "<div class='x_gmail_quote'><blockquote class='x_gmail_quote'>Old one?</blockquote><p>On floor 4.</p><blockquote>Old"
                        + " two?</blockquote><p>At ten.</p></div>"
            })
    void answers_between_quotations_stay(String quoted) {
        assertThat(text("<p>Good morning, here are my answers.</p>" + quoted))
                .contains("On floor 4.", "At ten.", "folded")
                .doesNotContain("Old", "wrote");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "----- Forwarded Message -----",
                "---------- Forwarded message ---------",
                "-- Forwarded message --",
                "-------- Weitergeleitete Nachricht --------",
                "-------- Message transféré --------",
                "-------- Mensaje reenviado --------",
                "-------- Messaggio Inoltrato --------",
                "-------- Doorgestuurd bericht --------",
                "---------- Mensagem encaminhada ---------",
                "-------- Vidarebefordrat meddelande --------",
                "-------- Пересылаемое сообщение --------",
                "---------- 转发的邮件 ---------",
                "-------- 転送メッセージ --------",
                "Begin forwarded message:",
                "Anfang der weitergeleiteten Nachricht:",
                "Anfang der weitergeleiteten E-Mail:",
                "Début du message réexpédié :",
                "Début du message transféré :",
                "Inicio del mensaje reenviado:",
                "Inizio messaggio inoltrato:",
                "Begin doorgestuurd bericht:"
            })
    void a_forwarded_message_stays_in_all_languages(String mark) {
        String forwarded = mark + "<br>From: Vendor<br>The licence ends on 3 May";
        String words = "<div>Please take care of this one.</div>";

        for (String whole : new String[] {
            words + "<div class=\"yahoo_quoted\">" + forwarded + "</div>",
            words + "<div class=\"gmail_quote\"><div dir=ltr class=gmail_attr>" + forwarded + "</div></div>",
            words + "<blockquote type=cite><div>" + forwarded + "</div></blockquote>",
            words + "<div><br></div><div>" + forwarded + "</div>",
            (words + "<br>" + forwarded).replace("<br>", "\n").replaceAll("<[^>]+>", "")
        }) {
            assertThat(text(whole))
                    .as(whole)
                    .contains("Please take care", "From: Vendor", "The licence ends on 3 May")
                    .doesNotContain("folded");
        }
    }

    @Test
    void outlook_on_the_web_forwards_a_mail_with_a_subject_of_its_own() {
        String mail =
                "<div>Please take care of this one.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b>"
                        + " Vendor<br><b>Sent:</b> Monday<br><b>To:</b> Rita<br><b>Subject:</b> %s</div><div>The licence ends.</div>";

        assertThat(text(mail.formatted("Your licence")))
                .contains("The licence ends.")
                .doesNotContain("folded");
        assertThat(text(mail.formatted("Re: Printer"))).contains("folded").doesNotContain("licence");
        assertThat(text(mail.formatted("AW: Printer"))).contains("folded").doesNotContain("licence");
        assertThat(text(mail.formatted("Printer [#4052]"))).contains("folded").doesNotContain("licence");
        assertThat(HtmlBody.read(mail.formatted("Printer"), BodyFormat.TEXT, true, "Re: printer"))
                .contains("folded")
                .doesNotContain("licence");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // GMX
                "<div name=\"quote\" style=\"margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5\"><div><b>Gesendet:</b> Montag<br>"
                        + "<b>Von:</b> Support<br><b>An:</b> Rita</div><div name=\"quoted-content\">Old words</div></div>",
                // Zimbra
                "<hr id=\"zwchr\" data-marker=\"__DIVIDER__\"><div data-marker=\"__HEADERS__\"><b>From: </b>Support<br><b>To: </b>Rita"
                        + "</div><br><div data-marker=\"__QUOTED_TEXT__\">Old words</div>",
                "<hr id=\"zwchr\"><b>From: </b>Support<br><b>To: </b>Rita<br><div>Old words</div>",
                // Zoho
                "<div class=\"zmail_extra\"><div>---- On Mon, 04 May 2026 10:00:00 +0200 <b>Support</b> wrote ----</div><br><blockquote"
                        + " id=\"blockquote_zmail\">Old words</blockquote></div>",
                "<br>---- On Mon, 04 May 2026 10:00:00 +0200 <b>Support &lt;s@desk.example&gt;</b> wrote ----<br><br><blockquote"
                        + " style='margin:0'>Old words</blockquote>",
                // QQ
                "<div style=\"font-size:12px\">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;Support<br>"
                        + "<b>发送时间:</b>&nbsp;2026年5月4日<br><b>收件人:</b>&nbsp;Rita<br><b>主题:</b>&nbsp;Printer</div><div>Old words</div>",
                "<div>------------------&nbsp;Original&nbsp;------------------</div><div>From: Support<br>Date: Mon<br>To: Rita</div><div>Old"
                        + " words</div>",
                // Outlook, re-written by servers
                "<div style=\"border:none; border-top:1px solid rgb(225, 225, 225); padding:3pt 0cm 0cm\">" + OUTLOOK
                        + "</div><div>Old words</div>",
                "<div style=\"border-color:rgb(181,196,223) currentcolor currentcolor; border-style:solid none none\">"
                        + OUTLOOK + "</div>Old words",
                "<div id=\"x_divRplyFwdMsg\">From: Support<br>Old words</div>",
                "<div class=\"x_WordSection1\"><p class=x_MsoNormal>" + OUTLOOK + "</p><p>Old words</p></div>",
                "<hr><div><b>Von:</b> Support<br><b>Gesendet:</b> Montag, 4. Mai 2026 10:00<br><b>An:</b> Rita<br><b>Betreff:</b>"
                        + " Drucker</div><div>Old words</div>",
                "<div><b>差出人:</b> Support<br><b>送信日時:</b> 2026年5月4日<br><b>宛先:</b> Rita<br><b>件名:</b> Re: Printer</div><div>Old"
                        + " words</div>",
                "<p>-----Ursprüngliche Nachricht-----<br>Von: Support<br>Gesendet: Montag<br>An: Rita</p><p>Old words</p>",
                "<p>-----Original Message-----<br>From: Support</p><p>Old words</p>",
                // Plain lines in HTML
                "On Mon, 4 May 2026 at 10:00, Support &lt;s@desk.example&gt; wrote:<br>&gt; Old words<br>&gt; more",
                // Attributions before quotations without a mark of their own
                "<div>Am Mo., 4. Mai 2026 um 10:00 Uhr schrieb Support &lt;s@desk.example&gt;:</div><blockquote>Old words</blockquote>",
                "<div>2026年5月4日(月) 10:00 Support &lt;s@desk.example&gt;:</div><blockquote>Old words</blockquote>",
                "Le lun. 4 mai 2026 à 10:00, Support a écrit :<br><blockquote>Old words</blockquote>",
                "<div class=\"yahoo_quoted\"><div>On Monday, 4 May 2026 at 10:00:00, Support wrote:</div><div>Old words</div></div>",
                "<div id=\"mail-editor-reference-message-container\"><div><b>From: </b>Support</div>Old words</div>"
            })
    void what_is_old_is_folded(String old) {
        assertThat(text("<p>It still prints blank pages.</p>" + old))
                .startsWith("It still prints blank pages.\n[quoted history folded, ")
                .doesNotContain("Old words", "Support", "Rita");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Mon, 4 May 2026 at 10:00, Support <s@desk.example> wrote:\n\n> Old words\n>\n> > older\n",
                "On Mon, 4 May 2026 at 10:00, Support of the whole of Northwind\n<s@desk.example> wrote:\n> Old words\n",
                "Am 04.05.2026 um 10:00 schrieb Support:\n> Old words",
                "> Old words\n> more old words",
                "-----Original Message-----\nFrom: Support\nSent: Monday\nTo: Rita\nSubject: Printer\n\nOld words\nmore",
                "________________________________\nFrom: Support <s@desk.example>\nSent: Monday\nTo: Rita\nSubject: RE: Printer\n\nOld words",
                "Von: Support\nGesendet: Montag\nAn: Rita\nBetreff: AW: Drucker\n\nOld words",
                "------------------ 原始邮件 ------------------\n发件人: Support\n发送时间: 2026\n收件人: Rita\n\nOld words",
                "----- Original Message -----\nFrom: Support\nTo: Rita\nOld words"
            })
    void plain_text_is_folded_too(String old) {
        assertThat(text("It still prints blank pages.\n\n" + old))
                .startsWith("It still prints blank pages.\n[quoted history folded, ")
                .doesNotContain("Old words", "Support", "Rita");
    }

    @Test
    void answers_between_lines_of_plain_text_stay() {
        assertThat(text(
                        "Good morning Ann, see my answers.\n\nAnn <a@desk.example> wrote on 4 May 2026 10:00:\n> Which floor?\n> Really?\n"
                                + "Floor 4.\n\n> Since when?\n> Tell us.\nSince nine.\n"))
                .startsWith("Good morning Ann, see my answers.\n\nFloor 4.\n\nSince nine.\n[quoted history folded, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"本日も印刷できませんでした。", "打印机今天还是不能打印。", "เครื่องพิมพ์ยังใช้งานไม่ได้", "承知いたしました。"})
    void languages_without_blanks_have_words_too(String words) {
        assertThat(text("<div>" + words + "</div><blockquote type=cite>" + "Old words. ".repeat(50) + "</blockquote>"))
                .startsWith(words + "\n[quoted history folded, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>These are the steps that I tried so far:</p><blockquote>Switched it off</blockquote><p>No luck.</p>",
                "<p>The error is as follows since 2026:</p><blockquote>Switched it off</blockquote>",
                "<p>From: the shop on floor 4 we need help, Switched it off.</p>",
                "Please book this journey for us:\nFrom: Berlin\nTo: Munich\nDate: 3 May\nSwitched it off",
                "I tried this command on it:\n> Switched it off\nand nothing happened.",
                "<p>Our order, see the list:</p><p>To: Ann</p><p>Switched it off</p>",
                "<div style='border-top:1px solid #ccc'>Date: 4 May. Switched it off for now.</div>"
            })
    void words_that_only_look_like_history_stay(String body) {
        assertThat(text(body)).contains("Switched it off").doesNotContain("folded");
    }

    @Test
    void a_description_is_never_folded() {
        assertThat(HtmlBody.read("New words are here.\n> Old\n> older", BodyFormat.TEXT, false))
                .contains("> Old\n> older");
        assertThat(HtmlBody.read("New words are here.\n> Old\n> older", BodyFormat.MARKDOWN, true))
                .contains("> older");
    }
}
