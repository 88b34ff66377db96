package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.code;
import static io.github.desk365mcp.tools.internal.core.Field.flag;
import static io.github.desk365mcp.tools.internal.core.Field.integer;
import static io.github.desk365mcp.tools.internal.core.Field.object;
import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Field.time;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Type.TEXT;

import io.github.desk365mcp.api.model.NeutralType;
import io.github.desk365mcp.api.model.NotifyType;
import io.github.desk365mcp.api.model.RatingOrder;
import io.github.desk365mcp.api.model.SurveyType;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.AnswerOptions;
import io.github.desk365mcp.tools.internal.core.Field;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;

/** Tools for surveys and customers' ratings. */
public final class SurveyPage extends CataloguePage {

    private static final RecordMapping QUESTIONS =
            RecordMapping.of(text("survey_question"), text("cs_question_2"), text("cs_question_3"));

    private static final RecordMapping SURVEY = RecordMapping.of(
            text("survey_name"),
            code("survey_type", SurveyType.class),
            integer("cs_survey_scale"),
            code("cs_rating_order", RatingOrder.class),
            code("cs_neutral_type", NeutralType.class),
            object("cs_scale_point_map"),
            text("thankyou_text"),
            object("questions", QUESTIONS),
            flag("include_additional_comments"),
            text("additional_comments_title"),
            code("notify_type", NotifyType.class),
            flag("is_active"),
            flag("is_deleted"));

    private static final RecordMapping ANSWERS = RecordMapping.of(
            text("survey_question"),
            integer("rating"),
            text("cs_question_2"),
            integer("cs_rating_2"),
            text("cs_question_3"),
            integer("cs_rating_3"));

    private static final RecordMapping RATING = RecordMapping.of(
            integer("ticket_number"),
            text("survey_name"),
            code("survey_type", SurveyType.class),
            text("contact_email"),
            text("agent_assigned"),
            code("cs_neutral_type", NeutralType.class),
            object("ratings", ANSWERS),
            text("additional_comments_title"),
            text("additional_comments_response").by(Field.Writer.CONTACT),
            time("sent_on"),
            time("rated_on"));

    private static final Param<String> NAME = identifier("survey_name", TEXT)
            .description("Its exact name.")
            .foundIn("list_all_desk_365_surveys", "surveys[].survey_name")
            .foundIn("list_all_desk_365_survey_ratings", "survey_ratings[].survey_name")
            .example("Five stars")
            .alsoKnownAs("id", "name")
            .about(VocabularyKind.SURVEY);

    SurveyPage() {
        super("surveys");
    }

    @Override
    void write() {
        lists("list_all_desk_365_surveys", "list_surveys")
                .title("List surveys")
                .description("Lists all satisfaction surveys with their questions, apparently deleted ones too, oldest"
                        + " first, unpaged.")
                .seeAlso("For answers use list_all_desk_365_survey_ratings.")
                .answers(Answer.all("surveys", SURVEY))
                .handler((desk, in) -> desk.surveys().list());

        gets("get_single_desk_365_survey_by_id", "get_survey")
                .title("Get a survey")
                .description("Gets a survey with its questions and scale. Deleted ones cannot be read.")
                .takes(NAME)
                .answers(SURVEY)
                .handler((desk, in) -> desk.surveys().get(in.need(NAME)));

        lists("list_all_desk_365_survey_ratings", "list_survey_ratings")
                .title("List survey ratings")
                .description("Lists customers' survey answers, 30 per page, oldest first, so the newest are on the last"
                        + " page. CSAT ratings range from -3 to 3.")
                .seeAlso("For one company or contact use list_all_desk_365_tickets with include_survey_details.")
                .takes(AnswerOptions.OFFSET)
                .answers(Answer.page("survey_ratings", RATING))
                .handler((desk, in) -> desk.surveys()
                        .ratings(query -> in.set(AnswerOptions.OFFSET, query::offset))
                        .firstPage());
    }
}
