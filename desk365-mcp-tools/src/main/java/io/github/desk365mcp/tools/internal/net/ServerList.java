package io.github.desk365mcp.tools.internal.net;

import java.util.Set;
import okhttp3.HttpUrl;

/**
 * A list of file servers.
 *
 * @param names host names in lower case; {@code *.example.com} covers all subdomains of one level; a port other than
 *     443 follows a colon
 */
public record ServerList(Set<String> names) {

    /** Whether the server of a link is listed. */
    public boolean has(HttpUrl link) {
        String port = link.port() == 443 ? "" : ":" + link.port();
        String name = link.host();
        int dot = name.indexOf('.');
        return names.contains(name + port) || dot > 0 && names.contains("*" + name.substring(dot) + port);
    }
}
