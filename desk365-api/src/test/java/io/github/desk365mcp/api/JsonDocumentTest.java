package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.api.model.ArticleTitles;
import io.github.desk365mcp.api.model.Company;
import io.github.desk365mcp.api.model.Conversation;
import io.github.desk365mcp.api.model.Folder;
import io.github.desk365mcp.api.model.LocationList;
import io.github.desk365mcp.api.model.Message;
import io.github.desk365mcp.api.model.Note;
import io.github.desk365mcp.api.model.Priority;
import io.github.desk365mcp.api.model.Reply;
import io.github.desk365mcp.api.model.SurveyList;
import io.github.desk365mcp.api.model.Ticket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses are kept unchanged and parsed lazily. */
class JsonDocumentTest {

    private static String shape(String name) {
        try (InputStream in = JsonDocumentTest.class.getResourceAsStream("/live-shapes/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T shape(String name, Function<Map<String, ?>, T> view) {
        return view.apply(JsonDocument.parse(shape(name)).toMap());
    }

    private static JsonDocument of(String name, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put(name, value);
        return new JsonDocument(fields);
    }

    // Responses of the live service

    @Test
    void a_ticket_as_it_came() {
        Ticket ticket = shape("GET-tickets-details.200.json", Ticket::new);
        assertThat(ticket.ticketNumber()).isEqualTo(8901);
        assertThat(ticket.type()).isEqualTo("🙋 Question");
        assertThat(ticket.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(ticket.formIsDeleted()).isFalse();
        assertThat(ticket.assignedTo()).isNull();
        assertThat(ticket.completedWithinSla()).isNull();
        assertThat(ticket.createdOn()).isEqualTo("2026-10-01T06:00:00Z");
        assertThat(ticket.resolvedOn()).isNull();
        assertThat(ticket.attachments()).isEmpty();
        assertThat(Objects.requireNonNull(ticket.customFields()).text("cf_🔡 Clientnumber"))
                .isEqualTo("10000");
    }

    @Test
    void lists_conversations_and_written_records_as_they_came() {
        List<Ticket> tickets = JsonDocument.parse(shape("GET-tickets.200.json")).objects("tickets", Ticket::new);
        assertThat(tickets).extracting(Ticket::ticketNumber).containsExactly(8901L, 8902L);
        assertThat(tickets.get(0).description()).as("left out of lists").isNull();

        Conversation conversation = shape("GET-tickets-conversations.200.json", Conversation::new);
        assertThat(conversation.messages()).extracting(Message::publicNote).containsExactly(false, null, true);
        assertThat(conversation.messages().get(1).ccAddress()).containsExactly("b@northwind.example");

        assertThat(shape("POST-tickets-add_note.201.json", Note::new).privateNote())
                .isFalse();
        assertThat(shape("POST-tickets-add_reply.201.json", Reply::new).bccEmails())
                .isEmpty();
        Ticket updated = shape("PUT-tickets-update.200.json", Ticket::new);
        assertThat(updated.attachments()).as("left out of updates").isEmpty();
        assertThat(Objects.requireNonNull(updated.customFields()).text("cf_Site Name"))
                .isNull();
    }

    @Test
    void domains_come_as_an_array_or_as_one_text_and_the_epoch_means_never() {
        Company company = shape("GET-companies-details.200.json", Company::new);
        assertThat(company.domains()).containsExactly("fabrikamgmbh.example");
        assertThat(company.createdOn()).isEqualTo("2025-09-26T14:34:47Z");
        assertThat(company.updatedOn()).isNull();
        List<Company> companies =
                JsonDocument.parse(shape("GET-companies.200.json")).objects("content", Company::new);
        assertThat(companies.get(1).domains()).isEqualTo(company.domains());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET-companies-details.200.json",
                "GET-companies.200.json",
                "GET-tickets-conversations.200.json",
                "GET-tickets-details.200.json",
                "GET-tickets-details.404.json",
                "GET-tickets.200.json",
                "POST-tickets-add_note.201.json",
                "POST-tickets-add_reply.201.json",
                "PUT-tickets-update.200.json"
            })
    void every_shape_goes_round_without_loss(String name) throws IOException {
        JsonDocument document = JsonDocument.parse(shape(name));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.writeTo(bytes);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(document.toJson());
        assertThat(JsonDocument.parse(document.toJson())).isEqualTo(document).hasSameHashCodeAs(document);
        assertThat(document.toJson().replaceAll("\\s", ""))
                .isEqualTo(shape(name).replaceAll("\\s", "").replace("\\/", "/"));
    }

    @Test
    void the_sentence_of_ping_is_answered_bare() throws IOException {
        try (RawServer server =
                new RawServer(RawServer.says(200, shape("GET-ping.200.txt"), "Content-Type: application/json"))) {
            assertThat(server.client().ping()).isEqualTo("All good! Desk365 APIs are running fine");
        }
    }

    // Fields

    @Test
    void absent_and_null_read_alike_and_can_be_told_apart() {
        JsonDocument document = of("a", null);
        assertThat(document.has("a")).isTrue();
        assertThat(document.has("b")).isFalse();
        for (String name : List.of("a", "b")) {
            assertThat(document.get(name)).isNull();
            assertThat(document.text(name)).isNull();
            assertThat(document.integer(name)).isNull();
            assertThat(document.number(name)).isNull();
            assertThat(document.flag(name)).isNull();
            assertThat(document.time(name)).isNull();
            assertThat(document.document(name)).isNull();
            assertThat(document.texts(name)).isEmpty();
            assertThat(document.objects(name, Ticket::new)).isEmpty();
        }
    }

    @Test
    void unknown_fields_are_kept() {
        assertThat(new Ticket(Map.of("brand_new", List.of(1))).toJson()).isEqualTo("{\"brand_new\":[1]}");
    }

    @Test
    void an_odd_field_hurts_where_it_is_read_and_its_value_is_not_shown() {
        Ticket ticket = new Ticket(Map.of("subject", 4711, "ticket_number", "s3cret", "status", "Open"));
        assertThat(ticket.status()).isEqualTo("Open");
        assertThatThrownBy(ticket::subject)
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("Ticket.subject is not a string but a number");
        assertThatThrownBy(ticket::ticketNumber).hasMessage("Ticket.ticket_number is not a whole number but a string");
        JsonDocument odd = new JsonDocument(Map.of(
                "o", Map.of("s3cret", 1), "l", List.of("s3cret"), "t", "s3cret", "b", true, "n", 1.5, "m", List.of(1)));
        assertThatThrownBy(() -> odd.text("o")).hasMessage("JsonDocument.o is not a string but an object");
        assertThatThrownBy(() -> odd.flag("l")).hasMessage("JsonDocument.l is not true or false but an array");
        assertThatThrownBy(() -> odd.document("t")).hasMessage("JsonDocument.t is not an object but a string");
        assertThatThrownBy(() -> odd.number("b")).hasMessage("JsonDocument.b is not a number but a boolean");
        assertThatThrownBy(() -> odd.integer("n")).hasMessage("JsonDocument.n is not a whole number but a number");
        assertThatThrownBy(() -> odd.objects("t", Ticket::new))
                .hasMessage("JsonDocument.t is not an array but a string");
    }

    @Test
    void an_odd_item_hurts_when_that_very_item_is_read() {
        JsonDocument odd = JsonDocument.parse("{\"l\": [null, {\"ticket_number\": 1}, \"x\", {}], \"t\": [\"a\", 1]}");
        List<Ticket> tickets = odd.objects("l", Ticket::new);
        assertThat(tickets).hasSize(3);
        assertThat(tickets.get(0).ticketNumber()).isEqualTo(1);
        assertThat(tickets.get(2)).isEqualTo(new Ticket(Map.of()));
        assertThatThrownBy(() -> tickets.get(1))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("JsonDocument.l[2] is not an object but a string");
        assertThat(odd.texts("t").get(0)).isEqualTo("a");
        assertThatThrownBy(() -> odd.texts("t").get(1)).hasMessage("JsonDocument.t[1] is not a string but a number");
    }

    @Test
    void a_whole_number_may_be_written_as_a_decimal() {
        JsonDocument numbers = JsonDocument.parse("{\"a\": 85.0, \"b\": 1e3, \"c\": 85.5, \"d\": 1e99999}");
        assertThat(numbers.integer("a")).isEqualTo(85);
        assertThat(numbers.integer("b")).isEqualTo(1000);
        for (String none : List.of("c", "d")) {
            assertThatThrownBy(() -> numbers.integer(none)).hasMessageEndingWith("is not a whole number but a number");
        }
    }

    @Test
    void flags_come_as_booleans_numbers_and_digits() {
        for (Object yes : List.of(true, 1, 1L, "1")) {
            assertThat(of("f", yes).flag("f")).isTrue();
        }
        for (Object no : List.of(false, 0, 0L, "0")) {
            assertThat(of("f", no).flag("f")).isFalse();
        }
        for (Object odd : List.of(2, "yes", "", 1.5)) {
            assertThatThrownBy(() -> of("f", odd).flag("f")).isInstanceOf(InvalidResponseException.class);
        }
    }

    @Test
    void texts_with_commas_are_stripped_and_those_of_an_array_are_not() {
        assertThat(of("t", " a, b ,,c, ").texts("t")).containsExactly("a", "b", "c");
        assertThat(of("t", "").texts("t")).isEmpty();
        assertThat(new JsonDocument(JsonDocument.parse("{\"t\": [\"a\", null, \"\", \" b \"]}")
                                .toMap())
                        .texts("t"))
                .containsExactly("a", " b ");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22 08:00:00, 2026-11-22T08:00:00Z",
        "2024-02-29 23:59:59, 2024-02-29T23:59:59Z",
        "1970-01-01 00:00:00,",
        "1970-01-01 00:00:01, 1970-01-01T00:00:01Z"
    })
    void times_are_utc_and_the_epoch_is_never(String text, @Nullable Instant time) {
        assertThat(of("t", text).time("t")).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-02-30 00:00:00", "2026-11-22 24:00:00", "2026-11-22T08:00:00Z", "22.11.2026", "", "0"})
    void a_time_that_is_none_is_refused_and_never_bent(String text) {
        assertThatThrownBy(() -> of("t", text).time("t"))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("JsonDocument.t is not a time such as 2026-11-22 08:00:00 but a string");
    }

    @Test
    void a_list_that_did_not_come_is_not_an_empty_one() {
        Map<String, Object> array = Map.of("content", List.of(Map.of("survey_name", "x")));
        for (Map<String, Object> odd : List.of(Map.<String, Object>of(), array)) {
            assertThatThrownBy(() -> new SurveyList(odd).surveys()).hasMessage("SurveyList.surveys is missing");
            assertThatThrownBy(() -> new LocationList(odd).locations()).hasMessage("LocationList.locations is missing");
            assertThatThrownBy(() -> new ArticleTitles(odd).titles())
                    .hasMessage("ArticleTitles.article_titles is missing");
            assertThatThrownBy(() -> new Conversation(odd).messages())
                    .hasMessage("Conversation.conversations is missing");
        }
        assertThat(new SurveyList(Map.of("surveys", List.of())).surveys()).isEmpty();
    }

    // Numbers

    @ParameterizedTest
    @CsvSource({
        "1, java.lang.Integer",
        "-2147483648, java.lang.Integer",
        "2147483648, java.lang.Long",
        "9223372036854775807, java.lang.Long",
        "9223372036854775808, java.math.BigInteger",
        "1.5, java.lang.Double",
        "0.1, java.lang.Double",
        "0.1000000000000000055511151231257827, java.math.BigDecimal",
        "1234567890.12345678901, java.math.BigDecimal",
        "1E+400, java.math.BigDecimal",
        "1E-400, java.math.BigDecimal",
        "1E+1000000000, java.math.BigDecimal"
    })
    void no_number_loses_a_digit(String digits, Class<?> type) {
        Object number = JsonDocument.parse("{\"n\":" + digits + "}").get("n");
        assertThat(number).isInstanceOf(type).hasToString(digits);
        assertThat(of("n", number).toJson()).isEqualTo("{\"n\":" + digits + "}");
    }

    @Test
    void digits_in_a_text_are_a_whole_number() {
        assertThat(of("n", "4052").integer("n")).isEqualTo(4052);
        assertThat(of("n", Long.MAX_VALUE).integer("n")).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> of("n", BigInteger.TEN.pow(30)).integer("n"))
                .isInstanceOf(InvalidResponseException.class);
        assertThatThrownBy(() -> of("n", "1".repeat(19)).integer("n")).isInstanceOf(InvalidResponseException.class);
    }

    // Bytes

    /** The first has a character above the last one; the others have an order of bytes that nobody uses. */
    @ParameterizedTest
    @ValueSource(strings = {"0000007b00000022ffffffff", "00007b0000002200", "007b000000220000"})
    void bytes_that_look_like_utf_32_are_malformed_and_no_broken_connection(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Json.read(new ByteArrayInputStream(bytes))).isInstanceOf(Json.Malformed.class);
    }

    @Test
    void a_stream_that_breaks_says_so_itself() {
        IOException broken = new IOException("reset");
        InputStream stream = new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }
        };
        assertThatThrownBy(() -> Json.read(stream)).isSameAs(broken);
    }

    // Frozen

    @Test
    void what_was_read_cannot_be_changed_at_any_depth() {
        Map<String, @Nullable Object> map =
                JsonDocument.parse("{\"a\": {\"b\": [{\"c\": 1}]}, \"d\": 2}").toMap();
        frozen(map);
        Map<String, Object> source = new HashMap<>(Map.of("l", new ArrayList<>(List.of(1))));
        JsonDocument copy = new JsonDocument(source);
        frozen(copy.toMap());
        source.clear();
        assertThat(copy.toJson()).isEqualTo("{\"l\":[1]}");
    }

    private static void frozen(@Nullable Object value) {
        if (value instanceof Map<?, ?> raw) {
            @SuppressWarnings("unchecked")
            Map<Object, @Nullable Object> map = (Map<Object, @Nullable Object>) raw;
            Object name = map.keySet().iterator().next();
            assertThatThrownBy(() -> map.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.remove(name)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.values().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.keySet().remove(name)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.replaceAll((n, v) -> 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.entrySet().iterator().next().setValue(1))
                    .isInstanceOf(UnsupportedOperationException.class);
            map.values().forEach(JsonDocumentTest::frozen);
        } else if (value instanceof List<?> raw) {
            @SuppressWarnings("unchecked")
            List<@Nullable Object> list = (List<@Nullable Object>) raw;
            assertThatThrownBy(() -> list.add(1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> list.set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> list.subList(0, 1).clear()).isInstanceOf(UnsupportedOperationException.class);
            list.forEach(JsonDocumentTest::frozen);
        }
    }

    @Test
    void the_map_is_shared_and_never_copied() {
        JsonDocument document = JsonDocument.parse("{\"a\": {\"b\": 1}}");
        assertThat(document.toMap()).isSameAs(document.toMap());
        assertThat(new Ticket(document.toMap()).toMap()).isSameAs(document.toMap());
        assertThat(Objects.requireNonNull(document.document("a")).toMap()).isSameAs(document.get("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'category_name': 'VPN', 'parent_category_name': 'Network'}",
                "{'category_name': 'VPN', 'parent_category_name': 'Network', 'folder_name': null}",
                "{'category_name': 'VPN', 'parent_category_name': 'Network', 'folder_name': ''}",
                "{'category_name': 'Network', 'folder_name': 'VPN'}"
            })
    void a_folder_and_its_category_are_named_in_several_forms(String json) {
        Folder folder = new Folder(JsonDocument.parse(json.replace('\'', '"')).toMap());

        assertThat(folder.folderName()).isEqualTo("VPN");
        assertThat(folder.parentCategoryName()).isEqualTo("Network");
    }

    @Test
    void only_json_values_are_taken() {
        for (Object odd :
                List.of(Instant.EPOCH, 'c', new StringBuilder("x"), new int[1], Double.NaN, 1f / 0f, Path.of("a"))) {
            assertThatThrownBy(() -> of("x", List.of(odd)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not a JSON value: " + odd.getClass().getName());
        }
        assertThatThrownBy(() -> of("x", new AtomicInteger())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonDocument.toJson(Map.of("x", Path.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a JSON value: ");
        assertThat(of("x", new TreeSet<>(Set.of(1, 2))).toJson()).isEqualTo("{\"x\":[1,2]}");
        assertThat(of("x", List.of((byte) 1, (short) 2, 1.5f, BigDecimal.ONE, BigInteger.TWO))
                        .toJson())
                .isEqualTo("{\"x\":[1,2,1.5,1,2]}");
        assertThat(of("x", List.of((byte) 1, (short) 2, 0.1f)).get("x")).isEqualTo(List.of(1, 2, 0.1));
    }

    @Test
    void documents_are_equal_when_class_and_fields_are() {
        Map<String, Object> fields = Map.of("a", List.of(1, Map.of("b", true)));
        assertThat(new JsonDocument(fields)).isEqualTo(JsonDocument.parse("{\"a\": [1, {\"b\": true}]}"));
        assertThat(new JsonDocument(fields)).isNotEqualTo(new Ticket(fields));
        assertThat(new JsonDocument(fields).toMap()).isEqualTo(fields).hasSameHashCodeAs(fields);
        assertThat(new Ticket(fields)).isNotEqualTo(new Ticket(Map.of()));
    }

    @Test
    void names_are_printed_and_values_are_not() {
        assertThat(new Ticket(Map.of("subject", "s3cret"))).hasToString("Ticket[subject]");
        assertThat(of("o", Map.of("p", "s3cret")).document("o")).hasToString("JsonDocument[p]");
    }

    // Text

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "{", "{\"a\": s3cret}", "{} {}", "{\"a\":1e99999999999}", "{'a':1}"})
    void what_is_no_object_is_refused_and_not_quoted(String text) {
        assertThatThrownBy(() -> JsonDocument.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not a JSON object: ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void writing_leaves_the_stream_open_and_passes_its_failure_on() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        OutputStream stream = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        of("a", 1).writeTo(stream);
        assertThat(stream).hasToString("{\"a\":1}");
        assertThat(closed).isFalse();
        IOException full = new IOException("disk full");
        assertThatThrownBy(() -> of("a", 1).writeTo(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw full;
                    }
                }))
                .isSameAs(full);
    }

    @Test
    void random_values_go_round() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Object value = Json.freeze(value(random, 4));
            String text = Json.write(value);
            assertThat(Json.read(text))
                    .as("seed %d, value %d: %s", seed, i, text)
                    .isEqualTo(value);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Json.write(value, bytes);
            assertThat(Json.read(new java.io.ByteArrayInputStream(bytes.toByteArray())))
                    .as("bytes, seed %d, value %d: %s", seed, i, text)
                    .isEqualTo(value);
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextInt() * (long) Integer.MAX_VALUE * 2;
            case 4 -> new BigInteger(80 + random.nextInt(100), random).setBit(79);
            case 5 -> random.nextBoolean() ? random.nextGaussian() : new BigDecimal(random.nextDouble());
            case 6 -> text(random);
            case 7 -> {
                Collection<@Nullable Object> items = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield items;
            }
            default -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    // Jackson does not accept unpaired surrogates in names.
                    fields.put(text(random).replaceAll("\\p{Cs}", ""), value(random, depth - 1));
                }
                yield fields;
            }
        };
    }

    /** Any characters: controls, quotes, umlauts, emoji, lone surrogates. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(50));
                case 2 -> text.append("\"\\/\b\n\r\t\0äß".charAt(random.nextInt(10)));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    @Test
    void a_text_with_a_name_twice_in_an_object_says_two_things() {
        for (String text : List.of("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":1}", "{\"b\":[{\"a\":1,\"a\":null}]}")) {
            assertThatThrownBy(() -> JsonDocument.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The key a occurs twice in one object");
        }
        assertThat(JsonDocument.parse("{\"a\":{\"b\":1},\"b\":{\"a\":1}}").toMap())
                .containsOnlyKeys("a", "b");
    }
}
