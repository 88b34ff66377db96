package io.github.desk365mcp.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Locations of assets, which form a tree. The parent of a top-level location is an empty text. */
final class LocationRoutes {

    private static final String NAME = "location_name";
    private static final String PARENT = "parent_location_name";

    /** All fields and their maximum lengths. */
    private static final Map<String, Integer> FIELDS = fields();

    private static final Set<String> NEW = FIELDS.keySet();
    private static final Set<String> CHANGES = changes();

    private final Helpdesk helpdesk;

    LocationRoutes(Helpdesk helpdesk) {
        this.helpdesk = helpdesk;
    }

    private static Map<String, Integer> fields() {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put(NAME, 128);
        fields.put(PARENT, 128);
        fields.put("contact_name", 128);
        fields.put("contact_email", 128);
        fields.put("contact_phone", 64);
        fields.put("location_address", 250);
        fields.put("location_city", 100);
        fields.put("location_state", 100);
        fields.put("location_country", 100);
        fields.put("location_zipcode", 64);
        return Collections.unmodifiableMap(fields);
    }

    /** The fields of an update. The parent cannot be changed. */
    private static Set<String> changes() {
        Set<String> changes = new TreeSet<>(FIELDS.keySet());
        changes.remove(PARENT);
        return Collections.unmodifiableSet(changes);
    }

    void addTo(Routes routes) {
        routes.get("/asset_mgmt/locations", this::list);
        routes.get("/asset_mgmt/locations/details", request -> Answer.ok(location(request)));
        routes.post("/asset_mgmt/locations/create", this::create);
        routes.put("/asset_mgmt/locations/update", this::update);
    }

    private Answer list(Request request) {
        return Answer.ok(
                Json.object().put("total", helpdesk.locations.size()).set("locations", Json.array(helpdesk.locations)));
    }

    private ObjectNode location(Request request) {
        return Helpdesk.get(helpdesk.locations, NAME, request.required(NAME));
    }

    private Answer create(Request request) {
        Body body = request.body(NEW);
        String name = body.required(NAME);
        String parent = body.text(PARENT);
        if (parent != null && !parent.isEmpty()) {
            Helpdesk.get(helpdesk.locations, NAME, parent);
        }
        checkFree(name);
        ObjectNode location = Json.object();
        FIELDS.keySet().forEach(field -> location.put(field, ""));
        write(location, body);
        helpdesk.locations.add(location);
        return Answer.created(location);
    }

    private Answer update(Request request) {
        ObjectNode location = location(request);
        Body body = request.body(CHANGES);
        String before = location.path(NAME).asString();
        String after = body.has(NAME) ? body.required(NAME, Guess.NAME_NEEDED, before) : before;
        if (!after.equals(before)) {
            checkFree(after);
        }
        write(location, body);
        helpdesk.locations.stream().filter(Helpdesk.has(PARENT, before)).forEach(child -> child.put(PARENT, after));
        return Answer.ok(location);
    }

    private void write(ObjectNode location, Body body) {
        FIELDS.forEach((field, most) -> {
            String text = body.text(field);
            helpdesk.rules()
                    .refuseIf(
                            text != null && text.length() > most,
                            Guess.LOCATION_LENGTHS,
                            field + " must not be longer than " + most + " characters");
        });
        body.copyTexts(location, FIELDS.keySet().toArray(new String[0]));
    }

    private void checkFree(String name) {
        if (Helpdesk.find(helpdesk.locations, NAME, name).isPresent()) {
            throw Refusal.conflict("A location with the name '" + name + "' already exists");
        }
    }
}
