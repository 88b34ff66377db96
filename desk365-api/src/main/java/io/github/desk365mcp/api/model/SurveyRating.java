package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One contact's response to a survey. Its fields are known from one source. */
public final class SurveyRating extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public SurveyRating(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the number of the ticket that the survey was sent for} */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** {@return the name of the survey} */
    public @Nullable String surveyName() {
        return text("survey_name");
    }

    /** {@return the kind of survey, or null if it is missing or this version does not know its code} */
    public @Nullable SurveyType surveyType() {
        return Code.of(SurveyType.values(), integer("survey_type"));
    }

    /** {@return the code behind {@link #surveyType()}, even if this version does not know it} */
    public @Nullable Long surveyTypeCode() {
        return integer("survey_type");
    }

    /** {@return the email address of the contact who responded} */
    public @Nullable String contactEmail() {
        return text("contact_email");
    }

    /** {@return the agent assigned to the ticket (inferred from the name)} */
    public @Nullable String agentAssigned() {
        return text("agent_assigned");
    }

    /**
     * {@return how the response is classified (inferred from the name), or null if it is missing or this version does
     * not know its code}
     */
    public @Nullable NeutralType csNeutralType() {
        return Code.of(NeutralType.values(), integer("cs_neutral_type"));
    }

    /** {@return the code behind {@link #csNeutralType()}, even if this version does not know it} */
    public @Nullable Long csNeutralTypeCode() {
        return integer("cs_neutral_type");
    }

    /** {@return the questions and ratings, or null if the response omits them} */
    public @Nullable SurveyAnswers ratings() {
        JsonDocument ratings = document("ratings");
        return ratings == null ? null : new SurveyAnswers(ratings.toMap());
    }

    /** {@return the prompt for comments (inferred from the name)} */
    public @Nullable String additionalCommentsTitle() {
        return text("additional_comments_title");
    }

    /** {@return the contact's comments} */
    public @Nullable String additionalCommentsResponse() {
        return text("additional_comments_response");
    }

    /** {@return when the survey was sent} */
    public @Nullable Instant sentOn() {
        return time("sent_on");
    }

    /** {@return when the contact responded} */
    public @Nullable Instant ratedOn() {
        return time("rated_on");
    }
}
