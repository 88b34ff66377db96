package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A survey. Its fields are known from one source. */
public final class Survey extends JsonDocument {

    /**
     * Creates a view of a record.
     *
     * @param fields the fields of the JSON object, by name
     */
    public Survey(Map<String, ?> fields) {
        super(fields);
    }

    /** {@return the name, which identifies the survey} */
    public String surveyName() {
        return required("survey_name", text("survey_name"));
    }

    /** {@return the kind of survey, or null if it is missing or this version does not know its code} */
    public @Nullable SurveyType surveyType() {
        return Code.of(SurveyType.values(), integer("survey_type"));
    }

    /** {@return the code behind {@link #surveyType()}, even if this version does not know it} */
    public @Nullable Long surveyTypeCode() {
        return integer("survey_type");
    }

    /** {@return the number of choices (inferred from the name)} */
    public @Nullable Long csSurveyScale() {
        return integer("cs_survey_scale");
    }

    /** {@return the order of the choices, or null if it is missing or this version does not know its code} */
    public @Nullable RatingOrder csRatingOrder() {
        return Code.of(RatingOrder.values(), integer("cs_rating_order"));
    }

    /** {@return the code behind {@link #csRatingOrder()}, even if this version does not know it} */
    public @Nullable Long csRatingOrderCode() {
        return integer("cs_rating_order");
    }

    /**
     * {@return how a neutral response is classified (inferred from the name), or null if it is missing or this version
     * does not know its code}
     */
    public @Nullable NeutralType csNeutralType() {
        return Code.of(NeutralType.values(), integer("cs_neutral_type"));
    }

    /** {@return the code behind {@link #csNeutralType()}, even if this version does not know it} */
    public @Nullable Long csNeutralTypeCode() {
        return integer("cs_neutral_type");
    }

    /** {@return the labels of the choices, under keys from {@code -3} to {@code 3}} */
    public @Nullable JsonDocument csScalePointMap() {
        return document("cs_scale_point_map");
    }

    /** {@return the text shown after a contact has responded (inferred from the name)} */
    public @Nullable String thankyouText() {
        return text("thankyou_text");
    }

    /** {@return the questions, or null if the response omits them} */
    public @Nullable SurveyQuestions questions() {
        JsonDocument questions = document("questions");
        return questions == null ? null : new SurveyQuestions(questions.toMap());
    }

    /** {@return whether the survey asks for comments (inferred from the name)} */
    public @Nullable Boolean includeAdditionalComments() {
        return flag("include_additional_comments");
    }

    /** {@return the prompt for comments (inferred from the name)} */
    public @Nullable String additionalCommentsTitle() {
        return text("additional_comments_title");
    }

    /** {@return when the survey is sent, or null if it is missing or this version does not know its code} */
    public @Nullable NotifyType notifyType() {
        return Code.of(NotifyType.values(), integer("notify_type"));
    }

    /** {@return the code behind {@link #notifyType()}, even if this version does not know it} */
    public @Nullable Long notifyTypeCode() {
        return integer("notify_type");
    }

    /** {@return whether the survey is active} */
    public @Nullable Boolean isActive() {
        return flag("is_active");
    }

    /**
     * {@return whether the survey was deleted} Deleted surveys cannot be read individually; that they are listed is
     * inferred from this field.
     */
    public @Nullable Boolean isDeleted() {
        return flag("is_deleted");
    }
}
