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

    /** The kind of survey; null if the code is new to this version. */
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

    /** Which choice comes first; null if the code is new to this version. */
    public @Nullable RatingOrder csRatingOrder() {
        return Code.of(RatingOrder.values(), integer("cs_rating_order"));
    }

    /** The code behind {@link #csRatingOrder()}, also where it is new. */
    public @Nullable Long csRatingOrderCode() {
        return integer("cs_rating_order");
    }

    /** How a neutral choice is counted (inferred from the name); null if the code is new to this version. */
    public @Nullable NeutralType csNeutralType() {
        return Code.of(NeutralType.values(), integer("cs_neutral_type"));
    }

    /** The code behind {@link #csNeutralType()}, also where it is new. */
    public @Nullable Long csNeutralTypeCode() {
        return integer("cs_neutral_type");
    }

    /** The labels of the choices, under keys from -3 to 3. */
    public @Nullable JsonDocument csScalePointMap() {
        return document("cs_scale_point_map");
    }

    /** What contacts read after they answered. */
    public @Nullable String thankyouText() {
        return text("thankyou_text");
    }

    /** What is asked; null if the answer leaves it out. */
    public @Nullable SurveyQuestions questions() {
        JsonDocument questions = document("questions");
        return questions == null ? null : new SurveyQuestions(questions.toMap());
    }

    /** Whether contacts are asked for comments beside the ratings. */
    public @Nullable Boolean includeAdditionalComments() {
        return flag("include_additional_comments");
    }

    /** What contacts are asked for beside the ratings. */
    public @Nullable String additionalCommentsTitle() {
        return text("additional_comments_title");
    }

    /** When it is sent; null if the code is new to this version. */
    public @Nullable NotifyType notifyType() {
        return Code.of(NotifyType.values(), integer("notify_type"));
    }

    /** The code behind {@link #notifyType()}, also where it is new. */
    public @Nullable Long notifyTypeCode() {
        return integer("notify_type");
    }

    /** Whether it is active. */
    public @Nullable Boolean isActive() {
        return flag("is_active");
    }

    /** Deleted ones cannot be read one by one; that they are listed is inferred from this field. */
    public @Nullable Boolean isDeleted() {
        return flag("is_deleted");
    }
}
