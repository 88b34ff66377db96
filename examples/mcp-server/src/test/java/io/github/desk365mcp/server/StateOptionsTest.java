package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@link StateOptions} says why a state cannot be used, and shows no password. */
class StateOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://jane:s3cret@127.0.0.1:1/desk",
                "jdbc:postgresql://127.0.0.1:1/desk?user=jane&password=s3cret",
                "jdbc:postgresql://127.0.0.1?password=s3cret",
                "jdbc:unknown://jane:s3cret@127.0.0.1/desk",
                "unknown://jane:s3cret@127.0.0.1"
            })
    void a_password_in_the_address_is_not_shown(String place) {
        try (StateOptions options = CommandLine.populateCommand(new StateOptions(), "--state", place)) {
            assertThatThrownBy(() -> options.on(Policy.of(Selection.readOnly()), Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("The state of --state cannot be used: ")
                    .hasMessageNotContaining("s3cret");
        }
    }
}
