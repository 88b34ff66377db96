package io.github.desk365mcp.tools.internal.pipeline;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.PendingCall;
import io.github.desk365mcp.tools.host.PendingCalls;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The pending calls of one caller and tenant. All others are unknown here.
 *
 * @param all the calls of all callers
 * @param known has the authenticated caller and the resolved tenant
 * @param admitted whether the policy admits the caller; if not, all calls are unknown
 */
record OwnPendingCalls(PendingCalls all, CallContext known, boolean admitted) implements PendingCalls {

    @Override
    public List<PendingCall> waiting() {
        return all.waiting().stream().filter(this::isOwn).toList();
    }

    @Override
    public List<PendingCall> decided() {
        return all.decided().stream().filter(this::isOwn).toList();
    }

    @Override
    public Optional<PendingCall> find(String id) {
        return all.find(id).filter(this::isOwn);
    }

    @Override
    public PendingCall approve(String id, String by, String channel) {
        return all.approve(own(id), by, channel);
    }

    @Override
    public PendingCall decline(String id, String by, String channel, String words) {
        return all.decline(own(id), by, channel, words);
    }

    private boolean isOwn(PendingCall call) {
        return admitted
                && Objects.equals(call.caller(), known.caller())
                && Objects.equals(call.tenant(), known.tenant());
    }

    private String own(String id) {
        return find(id).map(PendingCall::id).orElseThrow(PendingStore::noSuchCall);
    }
}
