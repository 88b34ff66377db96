package io.github.desk365mcp.tools;

import java.util.List;
import java.util.stream.Stream;

/** All tools, in their order; read on first use. */
final class Catalogue {

    private Catalogue() {}

    static List<Tool> tools() {
        return Loaded.TOOLS;
    }

    private static final class Loaded {

        static final List<Tool> TOOLS = Stream.of(new TicketPage(), new SystemPage())
                .flatMap(page -> page.tools().stream())
                .toList();
    }
}
