package io.github.desk365mcp.sandbox;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills an empty helpdesk with invented records, which are the same every time and have fixed times. */
final class Seed {

    private static final List<String> COMMENTS = List.of(
            "",
            "Quick and friendly, thank you!",
            "",
            "It took three days until somebody read my first mail properly.",
            "Zoë was wonderful 🌟",
            "",
            "Solved, but I still do not know what was wrong.",
            "Çok teşekkürler!");

    private final Helpdesk helpdesk;

    Seed(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void plant() {
        plantCompanies();
        plantContacts();
        plantKnowledgeBase();
        helpdesk.surveys.addAll(Json.resources("surveys.json"));
        helpdesk.contracts.addAll(Json.resources("contracts.json"));
        helpdesk.locations.addAll(Json.resources("locations.json"));
        new SeedTickets(helpdesk).plant();
        new SeedStories(helpdesk).plant();
        plantTimeEntries();
        plantRatings();
    }

    private void plantCompanies() {
        for (ObjectNode company : Json.resources("companies.json")) {
            String name = company.path("name").asString();
            String createdOn = company.path("created_on").asString();
            helpdesk.companies.add(CompanyRoutes.newCompany(name, createdOn).setAll(company));
        }
    }

    private void plantContacts() {
        for (ObjectNode contact : Json.resources("contacts.json")) {
            String name = contact.path("name").asString();
            String email = contact.path("primary_email").asString();
            String createdOn = contact.path("created_on").asString();
            helpdesk.contacts.add(Helpdesk.newContact(name, email, createdOn).setAll(contact));
        }
    }

    private void plantKnowledgeBase() {
        JsonNode base = Json.resource("knowledge-base.json");
        base.path("categories").forEach(category -> helpdesk.categories.add((ObjectNode) category));
        base.path("folders").forEach(folder -> helpdesk.folders.add((ObjectNode) folder));
        for (JsonNode seed : base.path("articles")) {
            ObjectNode article = ArticleRoutes.newArticle(
                    seed.path("article_title").asString(),
                    seed.path("created_by_email").asString(),
                    seed.path("created_on").asString());
            ArticleRoutes.setContent(article, seed.path("article_content").asString());
            helpdesk.articles.add(article.setAll((ObjectNode) seed));
        }
    }

    /** Books some time on each ticket that an agent has written to. */
    private void plantTimeEntries() {
        long id = 70_001;
        for (Ticket ticket : helpdesk.tickets.values()) {
            List<Message> byAgents = ticket.messages.stream()
                    .filter(message -> message.kind() == Message.Kind.AGENT_REPLY)
                    .limit(3)
                    .toList();
            for (Message message : byAgents) {
                int minutes = 5 + (int) (id * 13 % 80);
                String created = message.createdOn();
                ObjectNode entry = TimeEntryRoutes.entry(
                        id,
                        ticket.number(),
                        message.fields.path("created_by").asString(),
                        minutes > 45 ? "Analysis and fix" : "Answer to the customer",
                        id % 3 == 0 ? 0 : 1,
                        created,
                        Times.plus(created, Duration.ofMinutes(-minutes)),
                        minutes);
                helpdesk.timeEntries.add(entry);
                id++;
            }
        }
        // The timer of the last one is running.
        helpdesk.timeEntries
                .get(helpdesk.timeEntries.size() - 1)
                .put("timer_running", 1)
                .put("additional_info", "Started from the ticket");
    }

    /** Adds ratings of most contacts whose ticket was resolved. */
    private void plantRatings() {
        ObjectNode survey = helpdesk.surveys.get(0);
        for (Ticket ticket : helpdesk.tickets.values()) {
            String resolvedOn = ticket.text("resolved_on");
            if (resolvedOn != null && ticket.number() % 7 != 0) {
                helpdesk.ratings.add(rating(ticket, survey, resolvedOn));
            }
        }
        helpdesk.ratings.sort(
                Comparator.comparing(rating -> rating.path("rated_on").asString()));
    }

    private static ObjectNode rating(Ticket ticket, ObjectNode survey, String resolvedOn) {
        int n = ticket.number();
        int mood = n % 5 == 0 ? -3 : n % 4 == 0 ? 0 : 3;
        JsonNode questions = survey.path("questions");
        ObjectNode rating = Json.object()
                .put("ticket_number", n)
                .put("survey_name", survey.path("survey_name").asString())
                .put("survey_type", survey.path("survey_type").asInt())
                .put("contact_email", ticket.contactEmail())
                .put("agent_assigned", ticket.text("assigned_to"))
                .put("cs_neutral_type", mood < 0 ? 3 : mood == 0 ? 2 : 1);
        rating.putObject("ratings")
                .put("survey_question", questions.path("survey_question").asString())
                .put("rating", mood)
                .put("cs_question_2", questions.path("cs_question_2").asString())
                .put("cs_rating_2", n % 3 == 0 ? 0 : mood)
                .put("cs_question_3", questions.path("cs_question_3").asString())
                .put("cs_rating_3", mood);
        return rating.put(
                        "additional_comments_title",
                        survey.path("additional_comments_title").asString())
                .put("additional_comments_response", COMMENTS.get(n % COMMENTS.size()))
                .put("sent_on", resolvedOn)
                .put("rated_on", Times.plus(resolvedOn, Duration.ofMinutes(20L + n % 90)));
    }
}
