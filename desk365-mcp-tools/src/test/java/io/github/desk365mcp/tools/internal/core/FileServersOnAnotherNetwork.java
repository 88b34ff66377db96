package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.internal.net.PublicHttp;
import java.time.Duration;

/** Reads files as a policy does, on a network of the test. */
public final class FileServersOnAnotherNetwork {

    private FileServersOnAnotherNetwork() {}

    public static FileServers of(Policy policy, PublicHttp http, Duration mostTime) {
        return new FileServers(policy, http, mostTime);
    }
}
