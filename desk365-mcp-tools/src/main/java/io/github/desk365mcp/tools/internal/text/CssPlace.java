package io.github.desk365mcp.tools.internal.text;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the place among siblings: every {@code step}-th, starting at {@code offset}.
 *
 * @param last whether siblings are counted from the end
 * @param ofType whether only siblings of the same name count
 */
record CssPlace(int step, int offset, boolean last, boolean ofType) {

    /** The places of all children of an element, counted at the first request. */
    static final class Siblings {

        /** The places from the start and from the end, among all siblings and those of the same name. */
        private record Places(
                int first,
                int last,
                int firstOfType,
                int lastOfType,
                @Nullable Element before) {}

        private final Map<Element, Places> places = new IdentityHashMap<>();

        private @Nullable Places of(Element element) {
            Places known = places.get(element);
            Element parent = element.parent();
            if (known == null && parent != null) {
                count(parent);
                known = places.get(element);
            }
            return known;
        }

        private void count(Element parent) {
            Map<String, Integer> types = new HashMap<>();
            int size = 0;
            for (Element child : parent.children()) {
                types.merge(child.normalName(), 1, Integer::sum);
                size++;
            }
            Map<String, Integer> seen = new HashMap<>();
            Element before = null;
            int index = 0;
            for (Element child : parent.children()) {
                int ofType = seen.merge(child.normalName(), 1, Integer::sum);
                int all = types.getOrDefault(child.normalName(), ofType);
                index++;
                places.put(child, new Places(index, size - index + 1, ofType, all - ofType + 1, before));
                before = child;
            }
        }

        @Nullable
        Element before(Element element) {
            Places own = of(element);
            return own == null ? null : own.before;
        }
    }

    boolean matches(Element element, Siblings siblings) {
        Siblings.Places places = siblings.of(element);
        if (places == null) {
            return false;
        }
        int index = last ? ofType ? places.lastOfType : places.last : ofType ? places.firstOfType : places.first;
        int distance = index - offset;
        return step == 0 ? distance == 0 : distance % step == 0 && distance / step >= 0;
    }
}
