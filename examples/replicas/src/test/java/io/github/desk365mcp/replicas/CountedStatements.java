package io.github.desk365mcp.replicas;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts the statements that are run on connections of a data source. In autocommit mode, each is one round trip. */
final class CountedStatements {

    private final AtomicInteger count = new AtomicInteger();
    private final DataSource source;

    CountedStatements(DataSource counted) {
        source = proxy(DataSource.class, counted);
    }

    DataSource source() {
        return source;
    }

    /** Returns how many there were since the last time. */
    int take() {
        return count.getAndSet(0);
    }

    private <T> T proxy(Class<T> type, T counted) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") || method.getName().equals("createStatement")) {
                        count.incrementAndGet();
                    }
                    Object result = invoke(() -> method.invoke(counted, arguments));
                    return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                }));
    }

    private interface Call {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    private static @Nullable Object invoke(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
