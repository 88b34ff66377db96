package io.github.desk365mcp.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.api.Attachment;
import io.github.desk365mcp.api.Desk365Client;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/** The memory of work without an end: reading 10,000 tickets, and uploading 1 GiB. It is measured in a small process. */
final class Growth {

    private static final int TICKETS = 10_000;
    private static final int PAGE = 100;
    private static final long SIZE = 1L << 30;

    /** Small and fixed, so that garbage that waits for its collection does not hide what is kept. */
    private static final List<String> MEMORY = List.of("-XX:+UseSerialGC", "-Xmn8m", "-Xmx256m");

    private Growth() {}

    /** {@return rows of a table} */
    static List<List<String>> rows() throws IOException, InterruptedException {
        byte[] note = Backend.response("{\"ticket_number\":4052,\"conversation_id\":1,\"message\":\"ok\"}");
        try (Backend backend = Backend.start(target -> target.contains("add_note") ? note : page(target))) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(MEMORY);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    Growth.class.getName(),
                    backend.address().toString()));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("The process has failed: " + printed);
            }
            return printed.lines().map(line -> List.of(line.split("\\|", -1))).toList();
        }
    }

    private static byte[] page(String target) {
        int at = target.indexOf("offset=");
        int offset = at < 0 ? 0 : Integer.parseInt(target.substring(at + 7).replaceAll("\\D.*", ""));
        return Backend.response(Answers.tickets(4000 + offset, Math.max(0, Math.min(PAGE, TICKETS - offset)), TICKETS));
    }

    /** The process. */
    public static void main(String... arguments) throws IOException {
        URI address = URI.create(arguments[0]);
        Desk365Client desk =
                Desk365Client.builder().baseUrl(address).apiKey(Helpdesk.KEY).build();
        readAll(desk);
        upload(desk, address);
    }

    private static void readAll(Desk365Client desk) {
        long read = read(desk, PAGE);
        double few = above(() -> read(desk, 1_000));
        long start = System.nanoTime();
        double all = above(() -> read(desk, TICKETS));
        double rate = TICKETS / ((System.nanoTime() - start) / 1e9);
        if (read != PAGE) {
            throw new IllegalStateException("Only " + read + " tickets were read");
        }
        print("read 1,000 tickets by paging", "–", "–", "–", Report.number(few) + " MB");
        print(
                "read 10,000 tickets by paging",
                Report.number(rate) + " tickets/s",
                "–",
                "–",
                Report.number(all) + " MB");
    }

    private static long read(Desk365Client desk, int count) {
        return desk.tickets().list(query -> query.pageSize(PAGE).includeDescription(true)).stream()
                .limit(count)
                .filter(ticket -> ticket.ticketNumber() > 0)
                .count();
    }

    private static void upload(Desk365Client desk, URI address) throws IOException {
        OkHttpClient http = new OkHttpClient();
        List<Double> ours = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        double above = 0;
        double abovePlain = 0;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            above = above(() -> desk.tickets()
                    .note(
                            4052,
                            "A disk image",
                            note -> {},
                            List.of(Attachment.of("large.bin", "application/octet-stream", SIZE, Zeros::new))));
            long middle = System.nanoTime();
            abovePlain = above(() -> post(http, address));
            long end = System.nanoTime();
            if (round > 0) {
                ours.add((middle - start) / 1e9);
                plain.add((end - middle) / 1e9);
            }
        }
        double mine = 1024 / StdioClient.median(ours);
        double others = 1024 / StdioClient.median(plain);
        print(
                "upload 1 GiB",
                Report.number(mine) + " MiB/s",
                Report.number(others) + " MiB/s",
                Report.number(mine / others) + " ×",
                Report.number(above) + " MB (OkHttp: " + Report.number(abovePlain) + " MB)");
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private static void post(OkHttpClient http, URI address) {
        RequestBody file = new RequestBody() {

            @Override
            public MediaType contentType() {
                return MediaType.get("application/octet-stream");
            }

            @Override
            public long contentLength() {
                return SIZE;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                try (Source source = Okio.source(new Zeros())) {
                    sink.writeAll(source);
                }
            }
        };
        MultipartBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("note_object", "{\"body\":\"A disk image\"}")
                .addFormDataPart("file", "large.bin", file)
                .build();
        Request request = new Request.Builder()
                .url(address + "/v3/tickets/add_note_with_attachment?ticket_number=4052")
                .header("Authorization", Helpdesk.KEY)
                .post(body)
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() != 200 || response.body().bytes().length == 0) {
                throw new IllegalStateException("No answer");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@return the most heap that some work has used above what was used before it, in MB} */
    private static double above(Runnable work) {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        long idle = pools.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        work.run();
        return (pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() - idle) / 1e6;
    }

    private static void print(String... cells) {
        System.out.println(String.join("|", cells));
    }

    /** Bytes without a file. */
    private static final class Zeros extends InputStream {

        private long left = SIZE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(length, left);
            left -= some;
            return some;
        }
    }
}
