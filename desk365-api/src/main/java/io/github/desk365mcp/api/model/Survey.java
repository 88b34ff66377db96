package io.github.desk365mcp.api.model;

import io.github.desk365mcp.api.JsonDocument;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A survey. Its form is known from one source. */
public final class Survey extends JsonDocument {

    /** A view over these fields. */
    public Survey(Map<String, ?> fields) {
        super(fields);
    }

    /** The key. */
    public String surveyName() {
        return required("survey_name", text("survey_name"));
    }

    public @Nullable SurveyType surveyType() {
        return Code.of(SurveyType.values(), integer("survey_type"));
    }

    /** The code behind {@link #surveyType()}, also where it is new. */
    public @Nullable Long surveyTypeCode() {
        return integer("survey_type");
    }

    /** How many choices there are. */
    public @Nullable Long csSurveyScale() {
        return integer("cs_survey_scale");
    }

    public @Nullable RatingOrder csRatingOrder() {
        return Code.of(RatingOrder.values(), integer("cs_rating_order"));
    }

    /** The code behind {@link #csRatingOrder()}, also where it is new. */
    public @Nullable Long csRatingOrderCode() {
        return integer("cs_rating_order");
    }

    public @Nullable NeutralType csNeutralType() {
        return Code.of(NeutralType.values(), integer("cs_neutral_type"));
    }

    /** The code behind {@link #csNeutralType()}, also where it is new. */
    public @Nullable Long csNeutralTypeCode() {
        return integer("cs_neutral_type");
    }

    /** The labels of the choices, under keys from -3 to 3. */
    public @Nullable JsonDocument csScalePointMap() {
        return object("cs_scale_point_map");
    }

    public @Nullable String thankyouText() {
        return text("thankyou_text");
    }

    public @Nullable SurveyQuestions questions() {
        JsonDocument questions = object("questions");
        return questions == null ? null : new SurveyQuestions(questions.toMap());
    }

    public @Nullable Boolean includeAdditionalComments() {
        return flag("include_additional_comments");
    }

    /** What contacts are asked for beside the ratings. */
    public @Nullable String additionalCommentsTitle() {
        return text("additional_comments_title");
    }

    public @Nullable NotifyType notifyType() {
        return Code.of(NotifyType.values(), integer("notify_type"));
    }

    /** The code behind {@link #notifyType()}, also where it is new. */
    public @Nullable Long notifyTypeCode() {
        return integer("notify_type");
    }

    public @Nullable Boolean isActive() {
        return flag("is_active");
    }

    /** Deleted ones cannot be read one by one; that they are listed is inferred from this field. */
    public @Nullable Boolean isDeleted() {
        return flag("is_deleted");
    }
}
