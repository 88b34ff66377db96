package io.github.desk365mcp.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process in order when it is told to: running calls finish, and the exit code is 0. By default, Java exits
 * with 143 after SIGTERM, which service managers report as a failure.
 */
final class EndSignal {

    private static volatile @Nullable Runnable end;

    private EndSignal() {}

    /**
     * Handles SIGTERM and SIGINT. Called once, for a process of its own. Without this, the shutdown hooks of the server
     * do the same, but the exit code is another one.
     */
    static void install() {
        try {
            // By reflection, because the compiler warns of this class of the JDK, and there is no other way.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object received = Proxy.newProxyInstance(
                    EndSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return method.getName().equals("equals") ? (Object) (proxy == arguments[0]) : null;
                        }
                        new Thread(EndSignal::received, "desk365-mcp-server-end").start();
                        return null;
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : List.of("TERM", "INT")) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), received);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            // This Java has no signals, or was started with -Xrs.
        }
    }

    /** Sets what ends the server; after it, the process must end without further action, or by {@link System#exit}. */
    static void onEnd(Runnable newEnd) {
        end = newEnd;
    }

    private static void received() {
        Runnable known = end;
        if (known == null) {
            System.exit(0);
        } else {
            known.run();
        }
    }
}
