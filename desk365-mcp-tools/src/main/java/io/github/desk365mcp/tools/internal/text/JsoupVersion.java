package io.github.desk365mcp.tools.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jsoup.nodes.Element;

/** Whether jsoup, which a host may hold back, has all that is called here. */
public final class JsoupVersion {

    private JsoupVersion() {}

    /**
     * Looks for the newest of the methods.
     *
     * @throws IllegalStateException if it is not there; the message says which jar was found, and what to do
     */
    public static void check() {
        try {
            MethodHandles.publicLookup()
                    .findVirtual(Element.class, "closest", MethodType.methodType(Element.class, String.class));
        } catch (ReflectiveOperationException e) {
            String found = String.valueOf(Element.class.getResource("Element.class"))
                    .replaceFirst("!?/org/jsoup/nodes/Element.class", "")
                    .replaceFirst(".*/", "");
            // 1.13 would do, but a mail can keep it busy for long.
            throw new IllegalStateException("desk365-mcp-tools needs jsoup 1.14.3 or newer, but finds " + found
                    + ": set org.jsoup:jsoup to 1.14.3 in dependencyManagement.");
        }
    }
}
