package io.github.desk365mcp.api;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An immutable JSON object. Its type shows that it is frozen, so it is never copied again. */
final class FrozenMap extends AbstractMap<String, @Nullable Object> {

    private final Map<String, @Nullable Object> fields;

    /** Takes ownership of the map: the caller must not keep it, and its values must be frozen. */
    FrozenMap(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    @Override
    public @Nullable Object get(Object name) {
        return fields.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return fields.containsKey(name);
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> work) {
        fields.forEach(work);
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return Collections.unmodifiableMap(fields).entrySet();
    }
}
