package io.github.desk365mcp.tools.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jsoup.nodes.Element;

/** Checks that the jsoup version of the host has all methods that are called here. */
public final class JsoupVersion {

    private JsoupVersion() {}

    /**
     * Looks up the newest of these methods.
     *
     * @throws IllegalStateException if it is missing; the message says which jar was found and what to do
     */
    public static void check() {
        try {
            MethodHandles.publicLookup()
                    .findVirtual(Element.class, "closest", MethodType.methodType(Element.class, String.class));
        } catch (ReflectiveOperationException e) {
            String found = String.valueOf(Element.class.getResource("Element.class"))
                    .replaceFirst("!?/org/jsoup/nodes/Element.class", "")
                    .replaceFirst(".*/", "");
            // 1.13 would work, but takes very long for some mails.
            throw new IllegalStateException("desk365-mcp-tools needs jsoup 1.14.3 or newer, but finds " + found
                    + ": set org.jsoup:jsoup to 1.14.3 in dependencyManagement.");
        }
    }
}
