package io.github.desk365mcp.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An MCP client of one server process. It reads each answer to its last byte but does not parse it, so that times are
 * those of the server. Not thread-safe.
 */
final class StdioClient implements AutoCloseable {

    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"benchmark\",\"version\":\"1\"}}}";

    private final Process process;
    private final OutputStream to;
    private final InputStream from;
    private byte[] buffer = new byte[1 << 18];
    private int begin;
    private int end;
    private int id;

    private StdioClient(Process process) {
        this.process = process;
        this.to = process.getOutputStream();
        this.from = process.getInputStream();
    }

    /** Starts a process; {@link #initialize} begins the session. */
    static StdioClient start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return new StdioClient(builder.start());
    }

    void initialize() throws IOException {
        send(INITIALIZE);
        answer();
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    /** {@return the answer to a request, as one line} */
    byte[] ask(String method, String parameters) throws IOException {
        send(request(method, parameters));
        byte[] line = answer();
        String start = new String(line, UTF_8);
        if (start.contains("\"isError\":true") || start.contains("\"error\":{")) {
            throw new IOException("The server answered " + method + " with " + start);
        }
        return line;
    }

    /** Makes sequential requests, and returns the nanoseconds that each took. */
    long[] times(int count, String method, String parameters) throws IOException {
        int usual = ask(method, parameters).length;
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            String request = request(method, parameters);
            long start = System.nanoTime();
            send(request);
            int length = skipAnswer();
            times[i] = System.nanoTime() - start;
            check(length, usual);
        }
        return times;
    }

    /** Keeps some requests under way until a number of them is answered, and returns the requests a second. */
    double rate(int count, int callers, String method, String parameters) throws IOException {
        int usual = ask(method, parameters).length;
        long start = System.nanoTime();
        for (int sent = 0; sent < callers; sent++) {
            send(request(method, parameters));
        }
        for (int answered = 0; answered < count; answered++) {
            check(skipAnswer(), usual);
            if (answered < count - callers) {
                send(request(method, parameters));
            }
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    /** All answers to the same request are alike, but for identifiers, and what they say about the calls left. */
    private static void check(int length, int usual) throws IOException {
        if (Math.abs(length - usual) > 10 + usual / 50) {
            throw new IOException("An answer has " + length + " bytes, others have " + usual);
        }
    }

    private String request(String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + ++id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
    }

    private void send(String line) throws IOException {
        to.write((line + "\n").getBytes(UTF_8));
        to.flush();
    }

    private byte[] answer() throws IOException {
        int length = skipAnswer();
        return Arrays.copyOfRange(buffer, begin - length - 1, begin - 1);
    }

    /** Reads one line, and returns its length. */
    private int skipAnswer() throws IOException {
        int at = begin;
        while (true) {
            for (; at < end; at++) {
                if (buffer[at] == '\n') {
                    int length = at - begin;
                    begin = at + 1;
                    return length;
                }
            }
            if (begin > 0) {
                System.arraycopy(buffer, begin, buffer, 0, end - begin);
                at -= begin;
                end -= begin;
                begin = 0;
            }
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * end);
            }
            int read = from.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new IOException("The server has ended");
            }
            end += read;
        }
    }

    /** {@return the largest memory that the process has had so far, in MB; 0 where the system does not say it} */
    double peakMegabytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status, ISO_8859_1)) {
            if (line.startsWith("VmHWM:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }

    /** {@return the processor time of the process so far, of all its threads} */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            to.close();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** {@return a percentile of times, in milliseconds} */
    static double percentile(long[] nanoseconds, double share) {
        long[] sorted = nanoseconds.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * share)] / 1e6;
    }

    /** {@return the median} */
    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
