package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.text;
import static io.github.desk365mcp.tools.internal.core.Param.identifier;
import static io.github.desk365mcp.tools.internal.core.Param.param;

import io.github.desk365mcp.api.model.LocationFields;
import io.github.desk365mcp.tools.internal.account.VocabularyKind;
import io.github.desk365mcp.tools.internal.core.Answer;
import io.github.desk365mcp.tools.internal.core.Arguments;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import io.github.desk365mcp.tools.internal.core.Type;

/** Tools for asset locations. */
public final class AssetPage extends CataloguePage {

    private static final RecordMapping LOCATION = RecordMapping.of(
            text("location_name"),
            text("parent_location_name"),
            text("contact_name"),
            text("contact_email"),
            text("contact_phone"),
            text("location_address"),
            text("location_city"),
            text("location_state"),
            text("location_country"),
            text("location_zipcode"));

    private static final Param<String> NAME = identifier("location_name", Type.text(128))
            .description("Its exact name.")
            .foundIn("list_all_desk_365_asset_locations", "locations[].location_name")
            .example("Northwind HQ Turin")
            .alsoKnownAs("id")
            .about(VocabularyKind.LOCATION);
    private static final Param<String> NEW = param("location_name", Type.name(128))
            .description("A new name, up to 128 characters.")
            .required()
            .example("Turin store, Via Po")
            .alsoKnownAs("name");
    private static final Param<String> RENAMED = param("new_location_name", Type.name(128))
            .about(Param.Change.SETS, "location_name")
            .description("Renames it; the old name is gone.");
    private static final Param<String> PARENT = NAME.optional()
            .named("parent_location_name")
            .description("Its parent; cannot be changed later.")
            .sourceUntold();

    private static final Param<String> CONTACT_NAME =
            param("contact_name", Type.name(128)).description("Contact person.");
    private static final Param<String> CONTACT_EMAIL = param("contact_email", Type.address(128))
            .description("Their e-mail address.")
            .example("giulia.ferraro@northwind.example");
    private static final Param<String> CONTACT_PHONE =
            param("contact_phone", Type.text(64)).description("Their phone number.");
    private static final Param<String> ADDRESS =
            param("location_address", Type.text(250)).description("Street and number, up to 250 characters.");
    private static final Param<String> CITY =
            param("location_city", Type.text(100)).description("City.");
    private static final Param<String> STATE =
            param("location_state", Type.text(100)).description("State.");
    private static final Param<String> COUNTRY =
            param("location_country", Type.text(100)).description("Country.");
    private static final Param<String> ZIPCODE =
            param("location_zipcode", Type.text(64)).description("Postcode.");
    private static final Param<?>[] FIELDS = {
        CONTACT_NAME, CONTACT_EMAIL, CONTACT_PHONE, ADDRESS, CITY, STATE, COUNTRY, ZIPCODE
    };

    AssetPage() {
        super("assets");
    }

    @Override
    void write() {
        lists("list_all_desk_365_asset_locations", "list_asset_locations")
                .title("List asset locations")
                .description("Lists all asset locations with addresses, unpaged.")
                .answers(Answer.all("locations", LOCATION))
                .handler((desk, in) -> desk.assetLocations().list());

        gets("get_single_desk_365_asset_location_by_id", "get_asset_location")
                .title("Get an asset location")
                .description("Gets an asset location with address and contact.")
                .seeAlso("For all use list_all_desk_365_asset_locations.")
                .takes(NAME.alsoKnownAs("id", "name"))
                .answers(LOCATION)
                .handler((desk, in) -> desk.assetLocations().get(in.need(NAME)));

        creates("create_a_desk_365_asset_location", "create_asset_location")
                .title("Add an asset location")
                .description("Adds an asset location, optionally inside another. It cannot be deleted here.")
                .takes(NEW, PARENT)
                .takes(FIELDS)
                .answers(LOCATION)
                .findsAgain(
                        LOCATION,
                        LostWriteFinder.named(
                                LOCATION, (desk, in) -> desk.assetLocations().get(in.need(NEW))))
                .handler((desk, in) -> desk.assetLocations().create(in.need(NEW), more -> {
                    in.set(PARENT, more::parent);
                    fill(more, in);
                }));

        updates("update_a_desk_365_asset_location_by_id", "update_asset_location")
                .readBy("get_single_desk_365_asset_location_by_id")
                .title("Change an asset location")
                .description("Changes only the fields given, never the parent location.")
                .takes(NAME, RENAMED)
                .takes(FIELDS)
                .answers(LOCATION)
                .handler((desk, in) -> desk.assetLocations().update(in.need(NAME), changes -> {
                    in.set(RENAMED, changes::rename);
                    fill(changes, in);
                }));
    }

    private static void fill(LocationFields<?> location, Arguments in) {
        in.set(CONTACT_NAME, location::contactName);
        in.set(CONTACT_EMAIL, location::contactEmail);
        in.set(CONTACT_PHONE, location::contactPhone);
        in.set(ADDRESS, location::address);
        in.set(CITY, location::city);
        in.set(STATE, location::state);
        in.set(COUNTRY, location::country);
        in.set(ZIPCODE, location::zipcode);
    }
}
