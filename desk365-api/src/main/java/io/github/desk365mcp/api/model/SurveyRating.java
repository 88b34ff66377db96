package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contact's answer to a survey. Its form is known from one source. */
public final class SurveyRating extends JsonDocument {

    /** A view over these fields. */
    public SurveyRating(Map<String, ?> fields) {
        super(fields);
    }

    /** The ticket that the survey was sent for. */
    public @Nullable Long ticketNumber() {
        return integer("ticket_number");
    }

    /** The survey that it is an answer to. */
    public @Nullable String surveyName() {
        return text("survey_name");
    }

    /** The kind of survey; null if the code is new to this version. */
    public @Nullable SurveyType surveyType() {
        return Code.of(SurveyType.values(), integer("survey_type"));
    }

    /** The code behind {@link #surveyType()}, also where it is new. */
    public @Nullable Long surveyTypeCode() {
        return integer("survey_type");
    }

    /** The address of the contact who answered. */
    public @Nullable String contactEmail() {
        return text("contact_email");
    }

    /** The agent who had the ticket (inferred from the name). */
    public @Nullable String agentAssigned() {
        return text("agent_assigned");
    }

    /** How the rating is counted (inferred from the name); null if the code is new to this version. */
    public @Nullable NeutralType csNeutralType() {
        return Code.of(NeutralType.values(), integer("cs_neutral_type"));
    }

    /** The code behind {@link #csNeutralType()}, also where it is new. */
    public @Nullable Long csNeutralTypeCode() {
        return integer("cs_neutral_type");
    }

    /** Questions and answers; null if the answer leaves them out. */
    public @Nullable SurveyAnswers ratings() {
        JsonDocument ratings = document("ratings");
        return ratings == null ? null : new SurveyAnswers(ratings.toMap());
    }

    /** What the contact was asked for beside the ratings. */
    public @Nullable String additionalCommentsTitle() {
        return text("additional_comments_title");
    }

    /** The contact's own words. */
    public @Nullable String additionalCommentsResponse() {
        return text("additional_comments_response");
    }

    /** When the survey was sent. */
    public @Nullable Instant sentOn() {
        return time("sent_on");
    }

    /** When the contact answered. */
    public @Nullable Instant ratedOn() {
        return time("rated_on");
    }
}
