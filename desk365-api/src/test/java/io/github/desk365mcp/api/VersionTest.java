package io.github.desk365mcp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Requests tell the service the version of this library. */
class VersionTest {

    @Test
    void a_request_says_which_version_sent_it() throws IOException {
        assumeFalse(Version.TEXT.startsWith("$"), "compiled without Maven, which fills in the version");
        Matcher parent = Pattern.compile("(?s)<parent>.*<version>(.*?)</version>.*</parent>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(parent.find()).isTrue();
        try (RawServer server = new RawServer(RawServer.says(200, "fine"))) {
            server.client().ping();
            assertThat(server.requests().get(0).header("User-Agent")).isEqualTo("desk365-api-java/" + parent.group(1));
        }
    }
}
