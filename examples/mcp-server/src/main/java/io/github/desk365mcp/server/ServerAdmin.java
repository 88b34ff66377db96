package io.github.desk365mcp.server;

import io.github.desk365mcp.server.approval.Approvers;
import io.github.desk365mcp.server.approval.ServersServlet;
import io.github.desk365mcp.tools.BoundTools;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The servers on demand, and where admins create them.
 *
 * @param grants the servers
 * @param api for programs
 * @param page for people
 */
record ServerAdmin(OnDemandServers grants, ServersApi api, ServersServlet page) {

    /**
     * {@return the parts for these servers}
     *
     * @param tools the tools that this server has at most
     * @param admins who may create servers
     * @param publicUrl where clients reach this server, without a slash at the end; null if they use the address of the
     *     request
     */
    static ServerAdmin of(BoundTools tools, OnDemandServers grants, Approvers admins, @Nullable String publicUrl) {
        ServersServlet page = new ServersServlet(
                grants,
                new ServersServlet.Choices(tools.allDefinitions(), grants.tenants(), grants.hasCallers()),
                admins,
                (request, secret) -> ServersApi.address(request, publicUrl, secret),
                publicUrl == null ? null : URI.create(publicUrl + Gate.ADMIN),
                Clock.systemUTC());
        return new ServerAdmin(grants, new ServersApi(grants, admins, publicUrl), page);
    }
}
