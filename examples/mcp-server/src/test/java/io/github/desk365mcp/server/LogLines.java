package io.github.desk365mcp.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** Keeps the lines of a logger, until it is closed. */
final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Queue<LogRecord> lines = new ConcurrentLinkedQueue<>();

    /** @param name the name of the logger; empty for all */
    LogLines(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** Returns the messages. */
    List<String> messages() {
        return lines.stream().map(new SimpleFormatter()::formatMessage).toList();
    }

    /** Returns the messages with the exceptions and the names of their loggers. */
    String text() {
        return lines.stream()
                .map(line -> line.getLoggerName() + " " + new SimpleFormatter().format(line))
                .collect(Collectors.joining());
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
