package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the API key is sent, and which keys are valid. */
class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://acme.desk365.io/apis, https://acme.desk365.io/apis/v3/",
        "https://acme.desk365.io/apis/, https://acme.desk365.io/apis/v3/",
        "https://acme.desk365.io/apis/v3, https://acme.desk365.io/apis/v3/",
        "https://acme.desk365.io/apis/v3//, https://acme.desk365.io/apis/v3/",
        "https://ACME.desk365.io:8443, https://acme.desk365.io:8443/v3/",
        "http://localhost:8080/apis, http://localhost:8080/apis/v3/",
        "http://127.0.0.1/apis, http://127.0.0.1/apis/v3/",
        "'http://[::1]:80/apis', 'http://[::1]/apis/v3/'",
    })
    void the_version_is_added_unless_it_is_there(String given, String used) {
        assertThat(BaseUrl.of(URI.create(given))).hasToString(used);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.desk365.io/apis",
                "http://127.0.0.1.evil.example/apis",
                "http://localhost.evil.example",
                "http://10.0.0.1/apis",
                "http://0.0.0.0/apis",
            })
    void plain_http_is_for_loopback(String address) {
        assertThatThrownBy(() -> BaseUrl.of(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:s3cret@acme.desk365.io/apis",
                "https://user:s3cret@my_host/apis",
                "https://s3cret@acme.desk365.io/apis",
                "https://acme.desk365.io/apis?key=s3cret",
                "https://acme.desk365.io/apis?",
                "https://acme.desk365.io/apis#s3cret",
                "ftp://acme.desk365.io/apis",
                "mailto:s3cret@desk365.io",
                "/apis",
                "acme.desk365.io",
            })
    void an_address_is_plain_and_what_is_wrong_is_not_repeated(String address) {
        assertThatThrownBy(() -> BaseUrl.of(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/tickets",
                "//evil.example",
                "../v2/tickets",
                "tickets/..",
                "tickets/../x",
                "./tickets",
                ".",
                "..",
                "a//b",
                "tickets?x=1",
                "tickets#x",
                "..\\v2",
                "\\tickets"
            })
    void a_path_stays_below_the_base(String path) throws Exception {
        try (RawServer server = new RawServer(RawServer.succeeds(200))) {
            assertThatThrownBy(() -> server.client().send("GET", path, Map.of(), null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("A path is relative to /apis/v3/");
            assertThatThrownBy(() -> server.builder().path("createTimeEntry", path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("A path is relative to /apis/v3/");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void the_guessed_paths_can_be_corrected() throws Exception {
        Attachment file = Attachment.of("a.txt", "text/plain", new byte[1]);
        try (RawServer server = new RawServer(RawServer.says(
                200, "{\"id\": 1, \"primary_email\": \"nora@northwind.example\", \"name\": \"Northwind\"}"))) {
            Desk365Client desk = server.builder()
                    .path("createTimeEntry", "x")
                    .path("createContactWithAttachment", "thing")
                    .path("createCompanyWithAttachment", "missing")
                    .build();
            desk.timeEntries().create(4052, more -> {});
            desk.contacts().create("nora@northwind.example", more -> {}, List.of(file));
            desk.companies().create("Northwind", more -> {}, List.of(file));
            desk.companies().create("Northwind", more -> {});
            assertThat(server.requests())
                    .extracting(
                            request -> request.method() + " " + request.target().split("\\?", 2)[0])
                    .containsExactly(
                            "POST /apis/v3/x",
                            "POST /apis/v3/thing",
                            "POST /apis/v3/missing",
                            "POST /apis/v3/companies/create");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme.desk365.io", "a/b", "a b", "-a", "a-", "a@b", "évil", "a.b"})
    void a_subdomain_is_one_word(String subdomain) {
        assertThatThrownBy(() -> Desk365Client.builder().subdomain(subdomain))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "s3cret\nX-Injected: 1",
                "s3cret\r\n more",
                "s3cret s3cret",
                "s3cr\u00e9t",
                "s3cret\u0000",
                "s3cret\u2028s3cret",
                "s",
                "s3cr",
                " s3cret7 "
            })
    void a_key_is_one_word_and_a_wrong_one_is_not_shown(String key) {
        assertThatThrownBy(() -> Desk365Client.builder().apiKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr")
                .hasNoCause();
    }

    @Test
    void white_space_around_a_key_is_left_out() throws Exception {
        try (RawServer server = new RawServer(RawServer.says(200, "fine"))) {
            server.builder().apiKey(" s3cret-k\r\n").build().ping();
            assertThat(server.requests().get(0).header("Authorization")).isEqualTo("s3cret-k");
        }
    }

    @Test
    void a_client_shows_where_it_leads_and_no_key() {
        Desk365Client desk = Desk365Client.connect("acme", "s3cret-k");
        assertThat(desk).hasToString("Desk365Client[https://acme.desk365.io/apis/v3/]");
        assertThat(Desk365Client.builder().apiKey("s3cret-k").toString()).doesNotContain("s3cret");
    }

    @Test
    void a_client_needs_address_and_key() {
        assertThatThrownBy(() -> Desk365Client.builder().apiKey(RawServer.KEY).build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Desk365Client.builder().subdomain("acme").build())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Desk365Client.builder().path("noSuchOperation", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
