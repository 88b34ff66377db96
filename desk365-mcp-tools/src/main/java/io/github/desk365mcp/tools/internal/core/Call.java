package io.github.desk365mcp.tools.internal.core;

import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.internal.account.Account;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way through the stages.
 *
 * @param name of the tool, as it was called
 * @param given the arguments as the host gave them
 * @param arguments as read so far; none until they are read
 * @param turn its turn, where calls wait for theirs
 * @param admitted what is known once the call is admitted; null before
 * @param permit what was approved, and is used up when the call leaves; null if it needs none
 */
public record Call(
        String name,
        Given given,
        Map<String, Object> arguments,
        CallContext context,
        CallNotes notes,
        QueueTurn turn,
        @Nullable Admitted admitted,
        @Nullable Permit permit) {

    /**
     * The tool, what tools are called for this caller, the account that the call is for, and how files are sent and
     * read.
     */
    public record Admitted(Tool tool, Names names, Account account, Uploader uploader, FileServers files) {

        private Admitted with(Tool other) {
            return new Admitted(other, names, account, uploader, files);
        }
    }

    /** Lets one call through, once. */
    @FunctionalInterface
    public interface Permit {

        /** False if it was used before. */
        boolean use();
    }

    /** A call as it comes in. */
    public static Call begin(String name, Given given, CallContext context, QueueTurn turn) {
        return new Call(name, given, Map.of(), context, new CallNotes(), turn, null, null);
    }

    public Call admitted(Admitted admission, CallContext checked) {
        return new Call(name, given, arguments, checked, notes, turn, admission, permit);
    }

    /** A call of another tool for the sake of this one, which leaves nothing in its answer. */
    public Call aside(Tool other, Map<String, Object> others) {
        return new Call(name, given, others, context, notes.aside(), turn, known().with(other), null);
    }

    /** The same arguments for another tool, for the sake of this one: it costs, and what it notes is its own. */
    public Call of(Tool other) {
        return aside(other, arguments);
    }

    public Call withArguments(Map<String, Object> changed) {
        return new Call(name, given, changed, context, notes, turn, admitted, permit);
    }

    public Call permitted(Permit approval) {
        return new Call(name, given, arguments, context, notes, turn, admitted, approval);
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
