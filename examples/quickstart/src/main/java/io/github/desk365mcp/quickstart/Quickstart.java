package io.github.desk365mcp.quickstart;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Plan;
import io.github.desk365mcp.server.Main;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two jobs of a support agent, with the calls that a model would make. Each call takes its arguments from earlier
 * answers; the program itself contains only what a person asked for.
 */
public final class Quickstart {

    /** Kept in a field: a logger that is garbage-collected loses its level. */
    private static final Logger SDK = Logger.getLogger("io.modelcontextprotocol");

    private final PrintStream out;
    private final McpSyncClient client;
    private int step;

    private Quickstart(PrintStream out, McpSyncClient client) {
        this.out = out;
        this.client = client;
    }

    /** Runs both jobs. The exit code is 1 if an answer is not as expected. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) {
        try {
            run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        } catch (RuntimeException unexpected) {
            System.err.println("The quickstart stopped: " + unexpected.getMessage());
            System.exit(1);
        }
    }

    static void run(PrintStream out) {
        // The lines of the SDK would stand among those of the jobs.
        SDK.setLevel(Level.WARNING);
        try (Desk365Sandbox desk365 = Desk365Sandbox.start();
                McpSyncClient client = McpClient.sync(server(desk365)).build()) {
            client.initialize();
            int tools = client.listTools().tools().size();
            out.println("A helpdesk in memory, an MCP server, and a client that sees " + tools
                    + " tools. > marks what it sends.");
            Quickstart agent = new Quickstart(out, client);
            agent.answerTheVip();
            agent.writeTheMissingArticle();
            int calls = desk365.exchanges().size();
            check(
                    desk365.violations().isEmpty(),
                    "Some requests do not match the API description: " + desk365.violations());
            out.printf(
                    "%nDone in %d API calls. A Plus plan has %d a minute, so %d are left.%n",
                    calls, Plan.PLUS.calls(), Plan.PLUS.calls() - calls);
        }
    }

    /** Starts the server in its own process, as a desktop client does. */
    private static StdioClientTransport server(Desk365Sandbox desk365) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ServerParameters command = ServerParameters.builder(java.toString())
                .args("-cp", System.getProperty("java.class.path"), Main.class.getName())
                .addEnvVar("DESK365_BASE_URL", desk365.baseUrl().toString())
                .addEnvVar("DESK365_API_KEY", desk365.apiKey())
                // The environment is inherited; this must call neither the account of the user nor a proxy.
                .addEnvVar("DESK365_SUBDOMAIN", "")
                .addEnvVar("no_proxy", "127.0.0.1")
                .build();
        return new StdioClientTransport(command, McpJsonDefaults.getMapper());
    }

    private void answerTheVip() {
        out.println("\n\"Nora Vance is on the phone: checkout is down, she has escalated, nobody calls her back.\"");
        JsonNode urgent = call("list_all_desk_365_tickets", "status", List.of("Open"), "priority", List.of("urgent"));
        urgent.path("tickets").forEach(each -> show(each, "#{ticket_number}  {subject} ({company_name})"));
        JsonNode found =
                one(urgent.path("tickets"), each -> text(each, "subject").contains("Checkout"));

        JsonNode ticket = call("get_single_desk_365_ticket_by_id", "ticket_number", found.get("ticket_number"));
        show(ticket, "{status}, {priority}, group {group}, from {contact_email}");
        show(ticket, "{description}");

        JsonNode contact = call("get_single_desk_365_contact_by_id", "primary_email", ticket.get("contact_email"));
        show(contact, "{name}, {title} of {company_name}, phone {phone}");
        show(contact.path("custom_fields"), "VIP: {cf_VIP}");
        check(text(contact.path("custom_fields"), "cf_VIP").equals("Yes"), "The contact is not a VIP.");

        JsonNode thread = call("list_all_desk_365_ticket_conversations", "ticket_number", ticket.get("ticket_number"));
        thread.path("conversations").forEach(each -> show(each, "{visibility}  {creator_name}: {body}"));
        JsonNode latest = one(
                thread.path("conversations"), each -> text(each, "created_by").equals(text(contact, "primary_email")));

        // The private note names the cause, which the customer must not learn yet.
        String body = "Dear " + text(contact, "name") + ", I have your message of "
                + text(latest, "created_on").substring(11, 16) + " UTC. \"" + text(ticket, "subject")
                + "\" has all our attention, and I call you at " + text(contact, "phone") + " within five minutes.";
        Map<String, Object> mail = new LinkedHashMap<>();
        mail.put("ticket_number", ticket.get("ticket_number"));
        mail.put("body", body);
        JsonNode staged = call("create_a_desk_365_ticket_reply", mail, mail.keySet());
        show(staged, "{status} until {expires_on}; nothing was sent yet");
        show(staged.path("preview"), "to " + staged.at("/preview/to/0").asString() + ", from {from}");
        check(text(staged, "status").equals("needs_approval"), "The reply was not staged.");

        out.println("\n\"To Nora, yes. Send it.\"");
        mail.put("approval_token", staged.get("approval_token"));
        JsonNode reply = call("create_a_desk_365_ticket_reply", mail, Set.of("approval_token"));
        show(reply, "mailed to " + reply.at("/emailed/0").asString() + ", seen by: {visibility}");
        check(
                reply.at("/emailed/0").asString().equals(text(contact, "primary_email")),
                "The reply went to somebody else.");
    }

    private void writeTheMissingArticle() {
        out.println("\n\"The VPN gateway was down again. Make sure that people find the workaround next time.\"");
        JsonNode open = call(
                "list_all_desk_365_tickets",
                "status",
                List.of("Open"),
                "subcategory",
                List.of("VPN"),
                "fields",
                List.of("ticket_number", "subject", "company_name", "conversation_count"));
        open.path("tickets").forEach(each -> show(each, "#{ticket_number}  {subject} ({company_name})"));
        JsonNode ticket = one(
                open.path("tickets"), each -> each.path("conversation_count").asInt() > 1);

        JsonNode thread = call("list_all_desk_365_ticket_conversations", "ticket_number", ticket.get("ticket_number"));
        thread.path("conversations").forEach(each -> show(each, "{visibility}  {creator_name}: {body}"));
        JsonNode message = one(
                thread.path("conversations"),
                each -> text(each, "visibility").equals("customer")
                        && text(each, "body").contains("workaround"));

        JsonNode articles = call("list_all_desk_365_kb_articles").path("articles");
        boolean isWritten = articles.valueStream()
                .anyMatch(each -> text(each, "article_name").contains("VPN"));
        show(articles, articles.size() + " titles, " + (isWritten ? "one" : "none") + " has the word VPN");
        check(!isWritten, "The article exists already.");
        JsonNode near = one(articles, each -> text(each, "article_name").contains("network"));

        JsonNode place = call("get_single_desk_365_kb_article_by_id", "article_name", near.get("article_name"));
        show(place, "in {category_name} > {folder_name}");
        JsonNode category = call("get_single_desk_365_kb_category_by_id", "category_name", place.get("category_name"));
        show(category, "{category_description}; seen by: {support_portal_visibility}");

        String workaround = text(message, "body").replaceFirst("(?s).*workaround for tonight: *", "Workaround: ");
        JsonNode article = call(
                "create_a_desk_365_kb_article",
                "article_name",
                text(ticket, "subject").replaceFirst(" from .*", ""),
                "article_content",
                "<p>" + workaround + "</p>",
                "category_name",
                category.get("category_name"),
                "folder_name",
                place.get("folder_name"),
                "status",
                "draft");
        show(article, "{status}, for an agent to publish: {agent_url}");
        check(text(article, "status").equals("draft"), "The article is not a draft.");
    }

    private JsonNode call(String tool, Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return call(tool, arguments, arguments.keySet());
    }

    /** Calls a tool, and prints the arguments with these names. */
    private JsonNode call(String tool, Map<String, Object> arguments, Set<String> printed) {
        out.printf("%n%2d  %s%n", ++step, tool);
        if (printed.size() < arguments.size()) {
            out.println("    > the same arguments, and");
        }
        for (String name : printed) {
            Object value = arguments.get(name);
            String line = name + ": " + (value instanceof JsonNode node ? node.asString() : value);
            out.println("    > "
                    + line.replaceAll("(.{1,90})(?: +|$)", "$1\n      ").strip());
        }
        CallToolResult result = client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
        check(!result.isError(), tool + " returned an error: " + result.content());
        return JsonMapper.shared().valueToTree(result.structuredContent());
    }

    /** Prints one line, in which each field name in braces is replaced by its value in the answer. */
    private void show(JsonNode answer, String template) {
        String line = Pattern.compile("\\{(\\w+)}")
                .matcher(template)
                .replaceAll(field -> Matcher.quoteReplacement(text(answer, field.group(1))));
        out.println("      " + (line.length() > 94 ? line.substring(0, 91) + "..." : line));
    }

    private static String text(JsonNode answer, String field) {
        return answer.required(field).asString().replaceAll("\\s+", " ");
    }

    private JsonNode one(JsonNode items, Predicate<JsonNode> wanted) {
        return items.valueStream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Answer " + step + " does not have the expected record."));
    }

    private static void check(boolean isExpected, String otherwise) {
        if (!isExpected) {
            throw new IllegalStateException(otherwise);
        }
    }
}
