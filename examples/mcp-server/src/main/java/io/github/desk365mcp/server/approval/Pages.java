package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCall.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The HTML of the approval pages. Every text goes through jsoup, which escapes it. */
final class Pages extends Html {

    static final String DECISION = "decision";
    static final String APPROVE = "approve";
    static final String DECLINE = "decline";
    static final String WORDS = "words";

    /** How often the list reloads. */
    static final Duration RELOAD = Duration.ofSeconds(20);

    private static final String NAME = "Approvals";
    private static final int MOST_DECIDED = 20;
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_WORDS = 500;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Instant now;

    /** @param base the path of the servlet */
    Pages(String base, Instant now) {
        super(base, NAME);
        this.now = now;
    }

    // Signing in.

    @Override
    String signIn(String problem, boolean hasTokens, String wanted) {
        Document page = begin("Sign in", null);
        Element main = signInMain(page, "Sign in to approve", problem);
        if (!hasTokens) {
            main.appendElement("p")
                    .text(
                            "This page opens automatically in your browser when a call waits for your approval. The address"
                                    + " that was opened can be used once, and only for a short time. If you still need the page,"
                                    + " let your AI agent make the call again after the waiting calls have expired.");
            return whole(page);
        }
        main.appendElement("p")
                .text("Approve or decline what an AI agent wants to do in the helpdesk. You need an approver’s"
                        + " token; ask the operator of this server for yours. Never give it to an AI agent.");
        signInForm(main, "Your approver’s token", problem, wanted);
        return whole(page);
    }

    @Override
    String wrongToken() {
        return "This is not an approver’s token.";
    }

    @Override
    String again() {
        return "decide";
    }

    String missing(SignIns.Session session) {
        Document page = begin("Not found", session);
        Element main = main(page);
        main.appendElement("h1").text("There is no such call");
        main.appendElement("p").text("It may have been decided long ago, or the server has been restarted since.");
        toList(main);
        return whole(page);
    }

    // The list.

    String list(SignIns.Session session, List<PendingCall> waiting, List<PendingCall> decided, boolean reloads) {
        Document page = begin(waiting.isEmpty() ? NAME : "(" + waiting.size() + ") " + NAME, session);
        Element main = main(page);
        main.appendElement("h1").text("Waiting for your decision");
        if (waiting.isEmpty()) {
            main.appendElement("p").text("Nothing is waiting.");
        } else {
            main.appendElement("p")
                    .text("An AI agent wants to do this. Nothing happens before you decide. Open each one to see"
                            + " everything, then decide.");
            Element list = main.appendElement("ul").addClass("calls");
            waiting.forEach(call -> waiting(list.appendElement("li"), call));
        }
        Element reload = main.appendElement("p").addClass("small");
        reload.appendText(reloads ? "This list reloads every " + RELOAD.toSeconds() + " seconds. " : "");
        reload.appendElement("a")
                .attr("href", base() + "/" + (reloads ? "?reload=off" : ""))
                .text(reloads ? "Stop reloading" : "Reload this list every " + RELOAD.toSeconds() + " seconds");
        main.appendElement("h2").text("Recent decisions");
        if (decided.isEmpty()) {
            main.appendElement("p").text("Nothing yet.");
        } else {
            Element list = main.appendElement("ul").addClass("decided");
            decided.stream().limit(MOST_DECIDED).forEach(call -> decided(list.appendElement("li"), call));
        }
        return whole(page);
    }

    private void waiting(Element item, PendingCall call) {
        CallView view = new CallView(call);
        item.appendElement("h2").appendElement("a").attr("href", address(call)).text(call.title());
        Element facts = item.appendElement("dl");
        view.subject().ifPresent(subject -> fact(facts, subject.label(), subject.text()));
        view.ticketSubject().ifPresent(subject -> fact(facts, subject.label(), subject.text()));
        view.reached().forEach(row -> fact(facts, row.label(), row.text()));
        view.changes().stream().limit(MOST_CHANGES).forEach(change -> fact(facts, change.label(), change.brief()));
        String beginning = view.beginning();
        if (!beginning.isEmpty()) {
            fact(facts, "Text", beginning);
        }
        fact(facts, "Asked by", view.asker());
        fact(facts, "Time left", left(call));
    }

    private void decided(Element item, PendingCall call) {
        CallView view = new CallView(call);
        item.appendElement("strong").addClass(tone(call.state())).text(outcome(view));
        item.appendText(" ");
        item.appendElement("a")
                .attr("href", address(call))
                .text(call.title()
                        + view.subject().map(subject -> ", " + subject.brief()).orElse(""));
        item.appendText(" " + decision(call));
    }

    // One call.

    String call(SignIns.Session session, PendingCall call, boolean isLate) {
        CallView view = new CallView(call);
        boolean waits = call.state() == State.WAITING;
        Document page = begin(waits ? call.title() : outcome(view) + ": " + call.title(), session);
        Element main = main(page);
        if (!waits) {
            result(main, view, isLate);
        }
        main.appendElement("h1").text(call.title());
        Stream.of(view.subject(), view.ticketSubject())
                .flatMap(Optional::stream)
                .forEach(subject -> {
                    Element line = main.appendElement("p");
                    line.appendText(subject.label() + ": ");
                    line.appendElement("strong").appendElement("bdi").text(subject.text());
                });
        if (waits) {
            main.appendElement("p").text(view.effect());
            if (call.message() != null) {
                Element again = main.appendElement("div").attr("role", "alert").addClass("warning");
                again.appendElement("strong").text("Your last decision was not carried out.");
                again.appendElement("p").text(Visible.of(call.message()));
                again.appendElement("p").text("You can decide again.");
            }
        }
        view.warnings().forEach(row -> {
            Element warning = main.appendElement("p").addClass("warning");
            warning.appendElement("strong").text(row.label() + ": ");
            warning.appendElement("bdi").text(row.text());
        });
        rows(main, view.peopleTitle(), view.people());
        String body = call.body();
        if (body != null) {
            body(main, view, body);
        }
        changes(main, view);
        rows(main, "Details", view.details());
        Element about = section(main, "Who asks");
        Element facts = about.appendElement("dl");
        fact(facts, "Asked by", view.asker());
        if (call.tenant() != null) {
            fact(facts, "Helpdesk", Visible.of(call.tenant()));
        }
        fact(facts, "Asked at", TIME.format(call.askedAt()));
        if (waits) {
            fact(facts, "Time left", left(call));
            decisions(main, view, session);
        }
        return whole(page);
    }

    private static void body(Element main, CallView view, String body) {
        MailFrame frame = new MailFrame(body);
        Element section = section(main, view.textTitle());
        section.appendChild(frame.element());
        Element ending = section.appendElement("p").addClass("small");
        ending.appendText(frame.words() + " words. The text ends with: ");
        ending.appendElement("bdi").text(frame.ending());
        if (frame.isLong()) {
            section.appendElement("p").addClass("small").text("This is a long text. Scroll in it to read all of it.");
        }
        addresses(section, "Links in this text", CallView.links(frame.content()));
        List<CallView.Row> images = CallView.images(frame.content());
        addresses(section, "Images in this text", images);
        if (!images.isEmpty()) {
            section.appendElement("p")
                    .addClass("small")
                    .text("Images from other servers are not loaded here, but readers may see them.");
        }
    }

    private static void addresses(Element section, String title, List<CallView.Row> addresses) {
        if (!addresses.isEmpty()) {
            section.appendElement("h3").text(title);
            Element list = section.appendElement("dl");
            addresses.forEach(address -> fact(list, address.label(), address.text()));
        }
    }

    private static void changes(Element main, CallView view) {
        List<CallView.Change> changes = view.changes();
        if (changes.isEmpty()) {
            return;
        }
        Element table = section(main, view.changesTitle()).appendElement("table");
        Element head = table.appendElement("thead").appendElement("tr");
        String before = view.call().state() == State.WAITING ? "Now" : "Before";
        List.of("Field", before, "After")
                .forEach(name -> head.appendElement("th").attr("scope", "col").text(name));
        Element rows = table.appendElement("tbody");
        for (CallView.Change change : changes) {
            Element row = rows.appendElement("tr");
            row.appendElement("th").attr("scope", "row").text(change.label());
            Element now = row.appendElement("td").attr("data-label", before);
            if (change.from() == null) {
                now.addClass("small").text("not shown");
            } else {
                now.appendElement("bdi").text(change.from());
            }
            row.appendElement("td")
                    .attr("data-label", "After")
                    .appendElement("bdi")
                    .text(change.to());
        }
    }

    private void decisions(Element main, CallView view, SignIns.Session session) {
        Element section = section(main, "Your decision").addClass("decision");
        section.appendElement("p")
                .text("“" + view.verb() + "” does this at once, exactly as shown here. “" + view.refusal()
                        + "” does nothing, and the AI agent is told. If nobody decides in time, nothing is done.");
        Element yes = decisionForm(section, view, session, APPROVE);
        button(yes, view.verb(), view.isDeletion() ? "danger" : "primary");
        Element no = decisionForm(section, view, session, DECLINE);
        no.appendElement("label")
                .attr("for", WORDS)
                .text("Tell the AI agent why not, or what to do instead (optional)");
        no.appendElement("input")
                .attr("id", WORDS)
                .attr("name", WORDS)
                .attr("type", "text")
                .attr("maxlength", String.valueOf(LONGEST_WORDS))
                .attr("autocomplete", "off");
        button(no, view.refusal(), "secondary");
    }

    private Element decisionForm(Element section, CallView view, SignIns.Session session, String decision) {
        Element form = form(section, "/call/" + view.call().id());
        hidden(form, FORM, session.form());
        hidden(form, DECISION, decision);
        return form;
    }

    private void result(Element main, CallView view, boolean isLate) {
        PendingCall call = view.call();
        Element box = main.appendElement("div").attr("role", "status").addClass("result " + tone(call.state()));
        box.appendElement("strong").text(outcome(view));
        String by = decision(call);
        switch (call.state()) {
            case DONE ->
                box.appendElement("p")
                        .text("Approved " + by + "."
                                + (call.message() == null ? "" : " " + Visible.of(call.message())));
            case ACTING -> {
                box.appendElement("p").text("Approved " + by + ". It is being carried out now.");
                box.appendElement("p")
                        .appendElement("a")
                        .attr("href", address(call))
                        .text("Look again");
            }
            case FAILED -> box.appendElement("p").text("Approved " + by + ", but it could not be carried out.");
            case UNKNOWN ->
                box.appendElement("p")
                        .text("Approved " + by + ", but Desk365’s response was lost. Check in the Desk365 app"
                                + " whether it was carried out. Nothing is sent again automatically.");
            case DECLINED ->
                box.appendElement("p")
                        .text("Declined " + by + "."
                                + (call.message() == null
                                        ? ""
                                        : " The AI agent is told: " + Visible.of(call.message())));
            case EXPIRED ->
                box.appendElement("p")
                        .text("Nobody decided in time. If it is still wanted, the AI agent has to ask again.");
            default -> {
                // It waits, so it has no result.
            }
        }
        if (call.message() != null && (call.state() == State.FAILED || call.state() == State.UNKNOWN)) {
            box.appendElement("p").text("The AI agent is told: " + Visible.of(call.message()));
        }
        if (isLate && call.decidedBy() != null) {
            box.appendElement("p")
                    .text("Your decision came too late and changed nothing: the call had been decided already.");
        }
        toList(box);
    }

    private static String outcome(CallView view) {
        return switch (view.call().state()) {
            case DONE -> view.done();
            case FAILED, DECLINED -> "Not " + view.done().toLowerCase(Locale.ROOT);
            case UNKNOWN -> "Unknown";
            case ACTING -> "In progress";
            case EXPIRED -> "Expired";
            default -> "Waiting";
        };
    }

    private static String tone(State state) {
        return switch (state) {
            case DONE -> "good";
            case FAILED, UNKNOWN -> "bad";
            default -> "neutral";
        };
    }

    private static String decision(PendingCall call) {
        String by = call.decidedBy();
        Instant at = call.decidedAt();
        return (by == null ? "" : "by " + Visible.of(by) + " ") + "at "
                + TIME.format(at == null ? call.expiresAt() : at);
    }

    private String left(PendingCall call) {
        Duration left = Duration.between(now, call.expiresAt());
        long seconds = Math.max(0, left.toSeconds());
        String words = seconds < 120
                ? seconds + (seconds == 1 ? " second" : " seconds")
                : seconds < 7_200 ? seconds / 60 + " minutes" : seconds / 3_600 + " hours";
        return words + ", until " + TIME.format(call.expiresAt());
    }

    private String address(PendingCall call) {
        return base() + "/call/" + call.id();
    }

    private static void rows(Element main, String heading, List<CallView.Row> rows) {
        if (!rows.isEmpty()) {
            Element list = section(main, heading).appendElement("dl");
            rows.forEach(row -> fact(list, row.label(), row.text()));
        }
    }
}
