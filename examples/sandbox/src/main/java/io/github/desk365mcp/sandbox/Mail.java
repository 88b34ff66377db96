package io.github.desk365mcp.sandbox;

import java.util.List;
import java.util.stream.Collectors;

/** Creates HTML as the mail programs of contacts and agents write it. */
final class Mail {

    private static final String STYLE =
            "<span lang=\"EN-GB\" style=\"font-family:&quot;Arial&quot;,sans-serif;color:#1F3864;"
                    + "mso-ligatures:standardcontextual\">";

    private static final String EMPTY = "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;"
            + "font-family:&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US\"><o:p>&nbsp;</o:p></span></p>";

    private Mail() {}

    /** Returns simple HTML, as a form of the portal or an agent writes it. */
    static String plain(List<String> paragraphs) {
        return paragraphs.stream()
                .map(paragraph -> "<div>" + escape(paragraph) + "</div>")
                .collect(Collectors.joining("\n"));
    }

    /**
     * Returns a few sentences as Outlook writes them.
     *
     * @param emptyParagraphs the number of empty paragraphs at the beginning; live mail has about a dozen
     * @param quoted the HTML of the quoted message, or an empty text
     */
    static String outlook(List<String> paragraphs, List<String> signature, int emptyParagraphs, String quoted) {
        String text = paragraphs.stream()
                .map(paragraph -> "<p class=\"MsoNormal\">" + STYLE + escape(paragraph) + "<o:p></o:p></span></p>")
                .collect(Collectors.joining("\n"));
        String lines = signature.stream()
                .map(line -> "<p class=\"MsoNormal\">" + escape(line) + "</p>")
                .collect(Collectors.joining());
        return "<body lang=\"EN-US\" link=\"#0563C1\" vlink=\"#954F72\" style=\"word-wrap:break-word\">"
                + "<div class=\"WordSection1\">"
                + EMPTY.repeat(emptyParagraphs)
                + text
                + EMPTY
                + "<table class=\"MsoNormalTable\" border=\"0\" cellspacing=\"0\"><tbody><tr>"
                + "<td width=\"257\" colspan=\"2\" style=\"padding:0cm 5.4pt\">"
                + lines
                + "</td></tr></tbody></table>"
                + quoted
                + "</div></body>";
    }

    /** Returns the quoted history that Outlook puts below a reply. */
    static String quote(String author, String sentOn, String subject, String html) {
        return "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">"
                + "<p class=\"MsoNormal\"><b>From:</b> " + escape(author)
                + "<br><b>Sent:</b> " + sentOn
                + "<br><b>Subject:</b> RE: " + escape(subject)
                + "</p></div>" + EMPTY + html;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
