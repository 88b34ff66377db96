package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.internal.account.Account;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way through the stages.
 *
 * @param name the name by which the tool was called
 * @param given the arguments as the host gave them
 * @param arguments as read and repaired so far; empty until they are read
 * @param turn its turn in the queue
 * @param admitted what is known once the call is admitted; null before
 * @param permit used up when the request is sent; null if none is needed
 * @param decision a person's decision on this call; null if nobody has decided
 */
public record Call(
        String name,
        Given given,
        Map<String, Object> arguments,
        CallContext context,
        CallNotes notes,
        QueueTurn turn,
        @Nullable Admitted admitted,
        @Nullable Permit permit,
        @Nullable Decision decision) {

    /**
     * The tool, the names of tools for this caller, the account, and how files are sent and read.
     */
    public record Admitted(Tool tool, Names names, Account account, Uploader uploader, FileServers files) {

        private Admitted with(Tool other) {
            return new Admitted(other, names, account, uploader, files);
        }
    }

    /** Permits one call, once. */
    @FunctionalInterface
    public interface Permit {

        /** Uses it up; returns why the call must not be sent, or null if it may. */
        Outcome.@Nullable Refused use();
    }

    /** Creates the call as it arrives. */
    public static Call begin(String name, Given given, CallContext context, QueueTurn turn) {
        return new Call(name, given, Map.of(), context, new CallNotes(), turn, null, null, null);
    }

    /** The same call with a person's decision on it. */
    public Call decided(Decision made) {
        return new Call(name, given, arguments, context, notes, turn, admitted, permit, made);
    }

    public Call admitted(Admitted admission, CallContext checked) {
        return new Call(name, given, arguments, checked, notes, turn, admission, permit, decision);
    }

    /** A call of another tool on behalf of this one; nothing of it appears in this call's answer. */
    public Call aside(Tool other, Map<String, Object> others) {
        return new Call(name, given, others, context, notes.aside(), turn, known().with(other), null, null);
    }

    /** The same arguments for another tool, on behalf of this call: its cost is added, but its notes are separate. */
    public Call of(Tool other) {
        return aside(other, arguments);
    }

    public Call withArguments(Map<String, Object> changed) {
        return new Call(name, given, changed, context, notes, turn, admitted, permit, decision);
    }

    /** The same call, sent only if this permit, and one that it had before, can be used. */
    public Call permitted(Permit also) {
        Permit before = permit;
        Permit both = before == null
                ? also
                : () -> {
                    Outcome.Refused refused = before.use();
                    return refused == null ? also.use() : refused;
                };
        return new Call(name, given, arguments, context, notes, turn, admitted, both, decision);
    }

    /** The same call of the same tool with another answer. */
    public Call answering(Answer form) {
        Tool tool = tool();
        return admitted(known().with(tool.toBuilder().build(form, tool.handler())), context);
    }

    /** The same call with another way to send files. */
    public Call uploadedBy(Uploader other) {
        Admitted known = known();
        return admitted(new Admitted(known.tool(), known.names(), known.account(), other, known.files()), context);
    }

    public Tool tool() {
        return known().tool();
    }

    public Names names() {
        return known().names();
    }

    public Account account() {
        return known().account();
    }

    public Uploader uploader() {
        return known().uploader();
    }

    public FileServers files() {
        return known().files();
    }

    private Admitted known() {
        if (admitted == null) {
            throw new IllegalStateException("The call is not admitted yet");
        }
        return admitted;
    }
}
