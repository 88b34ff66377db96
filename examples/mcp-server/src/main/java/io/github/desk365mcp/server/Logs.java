package io.github.desk365mcp.server;

import io.github.desk365mcp.tools.host.AuditListener;
import io.github.desk365mcp.tools.host.AuditRecord;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes the lines of all loggers to standard error, as text or as JSON: one line for each record. */
final class Logs extends Formatter {

    // Kept in a field: a logger that is garbage-collected loses its level.
    private static final List<Logger> LEVELS = List.of(
            level("", Level.WARNING),
            level("desk365", Level.INFO),
            level("io.github.desk365mcp", Level.INFO),
            // As a warning, the driver logs addresses that it cannot read, with the passwords in them.
            level("org.postgresql", Level.SEVERE),
            // When Tomcat stops, it warns of each thread that is still alive, with its stack. The process ends anyway.
            level("org.apache.catalina.loader.WebappClassLoaderBase", Level.SEVERE),
            // The SDK logs whole messages, which may contain customer text. This server logs refused messages without
            // their content.
            level("io.modelcontextprotocol", Level.OFF));

    private static volatile LogOptions.Format format = LogOptions.Format.TEXT;

    private Logs() {}

    private static Logger level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    /** Replaces the handlers of this process. Called once, for a process of its own. */
    static void install(PrintStream error) {
        Logger root = LEVELS.get(0);
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new StreamHandler(error, new Logs()) {

            @Override
            public synchronized void publish(LogRecord line) {
                super.publish(line);
                flush();
            }
        });
    }

    static void use(LogOptions.Format newFormat) {
        format = newFormat;
    }

    @Override
    public String format(LogRecord line) {
        String message = formatMessage(line);
        Throwable thrown = line.getThrown();
        if (format == LogOptions.Format.JSON) {
            return json(
                    line.getInstant(), word(line.getLevel()), String.valueOf(line.getLoggerName()), message, thrown);
        }
        return word(line.getLevel()).toUpperCase(Locale.ROOT) + " " + line.getLoggerName() + " - " + message + "\n"
                + (thrown == null ? "" : stack(thrown));
    }

    private static String word(Level level) {
        int value = level.intValue();
        return value >= Level.SEVERE.intValue()
                ? "error"
                : value >= Level.WARNING.intValue() ? "warn" : value >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String json(
            Instant at, String level, String logger, @Nullable Object message, @Nullable Throwable thrown) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", at.toString());
        line.put("level", level);
        line.put("logger", logger);
        line.put(message instanceof Map ? "call" : "message", message);
        if (thrown != null) {
            line.put("error", stack(thrown));
        }
        return JsonMapper.shared().writeValueAsString(line) + "\n";
    }

    private static String stack(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }

    /** {@return a stream that writes each line as JSON to another one} */
    static PrintStream jsonLines(PrintStream error) {
        return new PrintStream(error, true, StandardCharsets.UTF_8) {

            @Override
            public void println(@Nullable String line) {
                Logs.write(error, json(Instant.now(), "info", "desk365.server", line, null));
            }

            /** For stack traces. */
            @Override
            public void println(@Nullable Object line) {
                println(String.valueOf(line));
            }
        };
    }

    /** {@return a listener that writes each call as JSON} */
    static AuditListener jsonAudit(PrintStream error) {
        return call -> write(error, json(call.at(), "info", "desk365.audit", fields(call), null));
    }

    /** As one write, so that no other line gets into it. */
    private static void write(PrintStream error, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        error.write(bytes, 0, bytes.length);
        error.flush();
    }

    private static Map<String, Object> fields(AuditRecord call) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "tool", call.tool());
        put(fields, "effect", call.effect());
        put(fields, "outcome", call.outcome());
        put(fields, "tenant", call.tenant());
        put(fields, "caller", call.caller());
        put(fields, "reaches_customer", call.reachesCustomer());
        put(fields, "arguments", call.fingerprint());
        put(fields, "status", call.status());
        put(fields, "calls", call.calls());
        put(fields, "follow_up", call.followUp());
        put(fields, "milliseconds", call.took().toMillis());
        put(fields, "decided_by", call.decidedBy());
        put(fields, "channel", call.channel());
        put(
                fields,
                "waited_milliseconds",
                call.waited() == null ? null : call.waited().toMillis());
        return fields;
    }

    private static void put(Map<String, Object> fields, String key, @Nullable Object value) {
        if (value != null) {
            fields.put(key, value);
        }
    }
}
