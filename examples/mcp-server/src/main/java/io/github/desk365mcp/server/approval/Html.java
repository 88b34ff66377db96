package io.github.desk365mcp.server.approval;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What all pages have: the frame, the form for signing in, and their parts. Every text goes through jsoup, which escapes it. */
abstract class Html {

    static final String TOKEN = "token";
    static final String WANTED = "wanted";
    static final String FORM = "form";

    private final String base;
    private final String name;

    /**
     * @param base the path of the servlet
     * @param name the title of all pages
     */
    Html(String base, String name) {
        this.base = base;
        this.name = name;
    }

    /**
     * Returns the page where people sign in.
     *
     * @param problem what was wrong with the last attempt; empty if nothing was
     * @param hasTokens whether people have tokens
     * @param wanted the page to open then
     */
    abstract String signIn(String problem, boolean hasTokens, String wanted);

    /** Returns the sentence about a token that nobody has. */
    abstract String wrongToken();

    final String base() {
        return base;
    }

    final Element signInMain(Document page, String heading, String problem) {
        Element main = main(page);
        main.appendElement("h1").text(heading);
        if (!problem.isEmpty()) {
            problem(main, problem);
        }
        return main;
    }

    static void problem(Element main, String problem) {
        main.appendElement("p")
                .attr("role", "alert")
                .attr("id", "problem")
                .addClass("bad")
                .text(problem);
    }

    final void signInForm(Element main, String label, String problem, String wanted) {
        Element form = form(main, "/sign-in");
        hidden(form, WANTED, wanted);
        form.appendElement("label").attr("for", TOKEN).text(label);
        Element input = form.appendElement("input")
                .attr("id", TOKEN)
                .attr("name", TOKEN)
                .attr("type", "password")
                .attr("autocomplete", "current-password")
                .attr("required", true);
        if (!problem.isEmpty()) {
            input.attr("aria-describedby", "problem").attr("aria-invalid", "true");
        }
        button(form, "Sign in", "primary");
    }

    /** Returns a page that opens another. Browsers send no cookie for a link on another site, but for this one. */
    final String bounce(String wanted) {
        Document page = begin(name, null);
        String target = base + wanted + "?from=link";
        page.head().appendElement("meta").attr("http-equiv", "refresh").attr("content", "0; url=" + target);
        Element main = main(page);
        main.appendElement("h1").text(name);
        main.appendElement("p").appendElement("a").attr("href", target).text("Continue");
        return whole(page);
    }

    final String refused() {
        Document page = begin("Nothing was done", null);
        Element main = main(page);
        main.appendElement("h1").text("Nothing was done");
        main.appendElement("p")
                .text("This form does not come from a current page of this server. Open the list and " + again()
                        + " there.");
        toList(main);
        return whole(page);
    }

    /** Returns what to do on the list, such as {@code decide}. */
    abstract String again();

    // Parts.

    final Document begin(String title, SignIns.@Nullable Session session) {
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false);
        Element html = page.getElementsByTag("html").first();
        if (html != null) {
            html.attr("lang", "en");
        }
        Element head = page.head();
        head.appendElement("meta").attr("charset", "utf-8");
        head.appendElement("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1");
        head.appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
        head.appendElement("title").text(title.equals(name) ? name : title + " · " + name);
        head.appendElement("link").attr("rel", "icon").attr("href", "data:,");
        head.appendElement("link").attr("rel", "stylesheet").attr("href", base + "/style.css");
        Element header = page.body().appendElement("header");
        header.appendElement("a").attr("href", base + "/").text(name);
        if (session != null) {
            Element form = form(header, "/sign-out");
            hidden(form, FORM, session.form());
            form.appendElement("span").text("Signed in as " + Visible.of(session.name()));
            button(form, "Sign out", "quiet");
        }
        page.body().appendElement("main");
        return page;
    }

    static Element main(Document page) {
        return page.body().child(1);
    }

    static String whole(Document page) {
        return "<!DOCTYPE html>\n" + page.outerHtml();
    }

    static Element section(Element main, String heading) {
        Element section = main.appendElement("section");
        section.appendElement("h2").text(heading);
        return section;
    }

    /** Isolates the value, so that its direction does not change what is around it. */
    static void fact(Element list, String name, String value) {
        Element pair = list.appendElement("div");
        pair.appendElement("dt").text(name);
        pair.appendElement("dd").appendElement("bdi").text(value);
    }

    final Element form(Element parent, String path) {
        return parent.appendElement("form").attr("method", "post").attr("action", base + path);
    }

    static void hidden(Element form, String name, String value) {
        form.appendElement("input").attr("type", "hidden").attr("name", name).attr("value", value);
    }

    static void button(Element form, String words, String kind) {
        form.appendElement("button").attr("type", "submit").addClass(kind).text(words);
    }

    final void toList(Element main) {
        main.appendElement("p").appendElement("a").attr("href", base + "/").text("Back to the list");
    }
}
