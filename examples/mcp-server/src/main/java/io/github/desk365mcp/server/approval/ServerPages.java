package io.github.desk365mcp.server.approval;

import io.github.desk365mcp.tools.ToolDefinition;
import io.github.desk365mcp.tools.host.MetaKeys;
import io.github.desk365mcp.tools.host.ToolGrant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The HTML of the pages about servers on demand. */
final class ServerPages extends Html {

    static final String NEW = "/new";
    static final String NAME = "name";
    static final String METHOD = "method-";
    static final String TAG = "tag-";
    static final String TENANT = "tenant";
    static final String END = "end";
    static final String CALLER = "caller";

    private static final Duration USUAL = Duration.ofDays(7);
    private static final String ON = "on";
    private static final String TOOLS = "Tools";
    private static final String HINT = "-hint";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter INPUT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** In the order of the page. */
    private static final Map<String, String> METHODS = methods();

    private final ServersServlet.Choices choices;

    ServerPages(String base, ServersServlet.Choices choices) {
        super(base, "Servers");
        this.choices = choices;
    }

    private static Map<String, String> methods() {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put("read", "read: everything that only reads");
        methods.put("write", "write: everything that changes something");
        for (String group : List.of("list", "get", "create", "update", "delete", "custom")) {
            methods.put(group, group);
        }
        return methods;
    }

    /** Returns what a new form contains. */
    static Map<String, String> first(Instant now) {
        return Map.of(METHOD + "read", ON, END, INPUT.format(now.plus(USUAL).truncatedTo(ChronoUnit.HOURS)));
    }

    @Override
    String signIn(String problem, boolean hasTokens, String wanted) {
        Document page = begin("Sign in", null);
        Element main = signInMain(page, "Sign in to manage servers", problem);
        main.appendElement("p")
                .text("Create addresses that open a part of the helpdesk’s tools until a time. You need an admin’s"
                        + " token; ask the operator of this server for yours. Never give it to an AI agent.");
        signInForm(main, "Your admin’s token", problem, wanted);
        return whole(page);
    }

    @Override
    String wrongToken() {
        return "This is not an admin’s token.";
    }

    @Override
    String again() {
        return "try again";
    }

    String missing(SignIns.Session session) {
        Document page = begin("Not found", session);
        Element main = main(page);
        main.appendElement("h1").text("There is no such server");
        main.appendElement("p").text("It may have been revoked, or have ended.");
        toList(main);
        return whole(page);
    }

    String unreachable(SignIns.Session session) {
        Document page = begin("Not available", session);
        Element main = main(page);
        main.appendElement("h1").text("The shared state cannot be reached");
        main.appendElement("p").text("Nothing is certain about your last change. Look at the list in a moment.");
        toList(main);
        return whole(page);
    }

    String list(SignIns.Session session, List<ToolGrant> servers) {
        Document page = begin("All", session);
        Element main = main(page);
        main.appendElement("h1").text("Servers");
        main.appendElement("p")
                .text("Each server is an address that opens a part of the tools. Whoever has the address can use it.");
        main.appendElement("p")
                .appendElement("a")
                .addClass("action")
                .attr("href", base() + NEW)
                .text("Create a server");
        if (servers.isEmpty()) {
            main.appendElement("p").text("There are no servers.");
            return whole(page);
        }
        Element list = main.appendElement("ul").addClass("calls");
        for (ToolGrant server : servers) {
            Element item = list.appendElement("li");
            item.appendElement("h2")
                    .appendElement("a")
                    .attr("href", address(server))
                    .text(Visible.of(server.name()));
            Element facts = item.appendElement("dl");
            fact(facts, TOOLS, selection(server));
            fact(facts, "Ends", end(server));
            fact(facts, "Created", created(server));
        }
        return whole(page);
    }

    String create(SignIns.Session session, Form given, String problem) {
        Document page = begin("Create", session);
        Element main = main(page);
        main.appendElement("h1").text("Create a server");
        if (!problem.isEmpty()) {
            problem(main, problem);
        }
        Element form = form(main, NEW);
        hidden(form, FORM, session.form());
        input(form, NAME, "Name", "text", given.get(NAME), "For you, to recognize it in the list.")
                .attr("required", true)
                .attr("maxlength", "100")
                .attr("autocomplete", "off");
        checkboxes(form, "Methods", "None checked: all methods.", METHOD, groups(), given);
        checkboxes(form, "Tags", "None checked: all tags. A tool must match both lists.", TAG, tags(), given);
        tenants(form, given);
        input(form, END, "Ends at (UTC)", "datetime-local", given.get(END), "Leave it empty for no end.");
        if (choices.hasCallers()) {
            checkbox(
                    form,
                    CALLER,
                    "Callers must also show a token of their own",
                    !given.get(CALLER).isEmpty());
        }
        button(form, "Create", "primary");
        toList(main);
        return whole(page);
    }

    private void tenants(Element form, Form given) {
        if (choices.tenants().size() == 1) {
            form.appendElement("p").text("Helpdesk: " + choices.tenants().get(0));
            return;
        }
        form.appendElement("label").attr("for", TENANT).text("Helpdesk");
        Element select = form.appendElement("select").attr("id", TENANT).attr("name", TENANT);
        for (String tenant : choices.tenants()) {
            select.appendElement("option")
                    .attr("value", tenant)
                    .attr("selected", tenant.equals(given.get(TENANT)))
                    .text(tenant);
        }
    }

    /** Returns the methods that have a tool here. */
    private Map<String, String> groups() {
        Set<String> known = facts("group");
        Map<String, String> methods = new LinkedHashMap<>(METHODS);
        boolean writes = choices.tools().stream()
                .anyMatch(tool -> !Boolean.TRUE.equals(tool.annotations().get("readOnlyHint")));
        methods.keySet()
                .removeIf(method ->
                        !known.contains(method) && !Set.of("read", "write").contains(method));
        if (!writes) {
            methods.remove("write");
        }
        return methods;
    }

    /** Returns the resources that have a tool here. */
    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        facts("tags").stream().filter(tag -> !tag.contains(".")).forEach(tag -> tags.put(tag, tag.replace('_', ' ')));
        return tags;
    }

    private Set<String> facts(String name) {
        Set<String> values = new TreeSet<>();
        for (ToolDefinition tool : choices.tools()) {
            if (tool.meta().get(MetaKeys.TOOL) instanceof Map<?, ?> facts) {
                Object value = facts.get(name);
                (value instanceof Collection<?> many ? many : List.of(String.valueOf(value)))
                        .forEach(one -> values.add(String.valueOf(one)));
            }
        }
        return values;
    }

    /** @param address the address with the secret; null if it was shown before */
    String created(SignIns.Session session, ToolGrant server, @Nullable String address) {
        Document page = begin(address == null ? "Created" : "Copy the address now", session);
        Element main = main(page);
        if (address == null) {
            main.appendElement("h1").text("The address is not shown again");
            main.appendElement("p").text("If it was not copied, revoke this server and create another one.");
            main.appendElement("p")
                    .appendElement("a")
                    .attr("href", address(server))
                    .text(Visible.of(server.name()));
            toList(main);
            return whole(page);
        }
        Element box = main.appendElement("div").attr("role", "status").addClass("result good");
        box.appendElement("strong").text("Created: " + Visible.of(server.name()));
        box.appendElement("p")
                .text("This page shows the address only once. Copy it now, and treat it as a password: whoever has it"
                        + " can use these tools.");
        main.appendElement("h1").text("Copy the address");
        copied(main, "address", "Address", address, 2);
        if (server.requiresCaller()) {
            main.appendElement("p")
                    .text("Callers also need a token of their own. Put it in place of YOUR_TOKEN; clients that sign in"
                            + " at your identity provider leave the header out.");
        }
        Element section = section(main, "Configurations for clients");
        ClientConfigurations.of(server, address).forEach((client, text) -> {
            String id = "client-" + client.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
            copied(
                    section,
                    id,
                    client,
                    text,
                    text.lines().mapToInt(line -> 1 + line.length() / 70).sum());
        });
        main.appendElement("p").appendElement("a").attr("href", address(server)).text("I have copied it");
        return whole(page);
    }

    private static void copied(Element parent, String id, String label, String text, int lines) {
        parent.appendElement("label").attr("for", id).text(label);
        parent.appendElement("textarea")
                .attr("id", id)
                .attr("readonly", true)
                .attr("spellcheck", "false")
                .attr("autocomplete", "off")
                .attr("rows", String.valueOf(Math.max(2, lines + 1)))
                .text(text);
    }

    String server(SignIns.Session session, ToolGrant server, List<String> tools, String problem) {
        Document page = begin(Visible.of(server.name()), session);
        Element main = main(page);
        main.appendElement("h1").appendElement("bdi").text(Visible.of(server.name()));
        if (!problem.isEmpty()) {
            problem(main, problem);
        }
        Element about = section(main, "What it opens").appendElement("dl");
        fact(about, TOOLS, selection(server));
        String tenant = server.tenant();
        if (tenant != null) {
            fact(about, "Helpdesk", tenant);
        }
        fact(about, "Ends", end(server));
        fact(about, "Callers", server.requiresCaller() ? "need a token of their own" : "need the address only");
        fact(about, "Created", created(server));
        fact(about, "Identifier", server.id());
        Element all = section(main, tools.size() + (tools.size() == 1 ? " tool" : " tools"))
                .appendElement("ul");
        tools.forEach(tool -> all.appendElement("li").appendElement("bdi").text(tool));
        Element section = section(main, "When it ends");
        Element form = form(section, "/server/" + server.id() + "/end");
        hidden(form, FORM, session.form());
        Instant end = server.endsAt();
        input(
                form,
                END,
                "Ends at (UTC)",
                "datetime-local",
                end == null ? "" : INPUT.format(end),
                "Leave it empty for no end.");
        button(form, "Change the end", "secondary");
        Element revoking = section(main, "Revoke");
        revoking.appendElement("p").text("Its address then opens nothing any more.");
        revoking.appendElement("p")
                .appendElement("a")
                .addClass("action")
                .attr("href", address(server) + "/revoke")
                .text("Revoke this server");
        toList(main);
        return whole(page);
    }

    String revoke(SignIns.Session session, ToolGrant server) {
        Document page = begin("Revoke", session);
        Element main = main(page);
        main.appendElement("h1").text("Revoke " + Visible.of(server.name()) + "?");
        main.appendElement("p")
                .text("Clients that use its address are refused at once, also in open sessions. A call that was sent"
                        + " before is completed. This cannot be undone.");
        Element form = form(main, "/server/" + server.id() + "/revoke");
        hidden(form, FORM, session.form());
        button(form, "Revoke", "danger");
        main.appendElement("p").appendElement("a").attr("href", address(server)).text("Keep it");
        return whole(page);
    }

    // Parts.

    private String address(ToolGrant server) {
        return base() + "/server/" + server.id();
    }

    private static String selection(ToolGrant server) {
        return words("", server.selection().methods(), "all methods")
                + ", " + words("", server.selection().tags(), "everything")
                + words("; also ", server.selection().tools(), "")
                + words("; without ", server.selection().excluded(), "")
                + (server.selection().onlyReads() ? "; only what reads" : "");
    }

    private static String words(String before, Set<String> words, String none) {
        return words.isEmpty() ? none : before + String.join(" ", new LinkedHashSet<>(words));
    }

    private static String end(ToolGrant server) {
        Instant end = server.endsAt();
        return end == null ? "never" : TIME.format(end);
    }

    private static String created(ToolGrant server) {
        return TIME.format(server.createdAt())
                + (server.createdBy() == null ? "" : " by " + Visible.of(server.createdBy()));
    }

    private static Element input(Element form, String name, String label, String type, String value, String hint) {
        form.appendElement("label").attr("for", name).text(label);
        Element input = form.appendElement("input")
                .attr("id", name)
                .attr("name", name)
                .attr("type", type)
                .attr("value", value)
                .attr("aria-describedby", name + HINT);
        form.appendElement("p").attr("id", name + HINT).addClass("small").text(hint);
        return input;
    }

    private static void checkboxes(
            Element form, String legend, String hint, String prefix, Map<String, String> choices, Form given) {
        Element set = form.appendElement("fieldset").attr("aria-describedby", prefix + "hint");
        set.appendElement("legend").text(legend);
        set.appendElement("p").attr("id", prefix + "hint").addClass("small").text(hint);
        choices.forEach((value, label) ->
                checkbox(set, prefix + value, label, !given.get(prefix + value).isEmpty()));
    }

    private static void checkbox(Element parent, String name, String label, boolean checked) {
        Element line = parent.appendElement("label").addClass("check");
        line.appendElement("input")
                .attr("type", "checkbox")
                .attr("name", name)
                .attr("value", ON)
                .attr("checked", checked);
        line.appendElement("span").text(label);
    }
}
