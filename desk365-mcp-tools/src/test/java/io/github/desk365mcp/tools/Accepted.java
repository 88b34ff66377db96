package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** Files that hold what was accepted, and are compared with what is. */
public final class Accepted {

    public static final boolean ACCEPT = System.getProperty("accept") != null;

    private Accepted() {}

    /** Compares, or with {@code -Daccept} writes. */
    public static void compare(Path file, String actual) throws IOException {
        if (ACCEPT) {
            java.nio.file.Files.createDirectories(file.toAbsolutePath().getParent());
            java.nio.file.Files.writeString(file, actual);
            return;
        }
        String accepted = java.nio.file.Files.exists(file) ? java.nio.file.Files.readString(file) : "";
        assertThat(actual)
                .as(
                        "%s is not what is written now. Definitions are API: if the change is meant, accept it with"
                                + " mvn test -pl desk365-mcp-tools -am -Daccept, and look at the difference in git",
                        file)
                .isEqualTo(accepted);
    }
}
