package io.github.desk365mcp.sandbox;

import tools.jackson.databind.node.ObjectNode;

/** Surveys and the ratings of contacts. */
final class SurveyRoutes {

    private static final int PAGE = 30;

    private final Helpdesk helpdesk;

    SurveyRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    void addTo(Routes routes) {
        routes.get("/surveys", this::list);
        routes.get("/surveys/details", this::details);
        routes.get(
                "/surveys/ratings",
                request -> Helpdesk.page("survey_ratings", helpdesk.ratings, request.offset(), PAGE));
    }

    private Answer list(Request request) {
        return Helpdesk.page("surveys", helpdesk.surveys, 0, helpdesk.surveys.size());
    }

    private Answer details(Request request) {
        ObjectNode survey = Helpdesk.get(helpdesk.surveys, "survey_name", request.required("survey_name"));
        if (survey.path("is_deleted").asBoolean()) {
            throw Refusal.notFound();
        }
        return Answer.ok(survey);
    }
}
