package io.github.desk365mcp.replicas;

import io.github.desk365mcp.replicas.McpHttp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Many callers make reads, creates and staged writes at three replicas, which are killed and restarted at random, on a
 * helpdesk that sometimes loses its answers. Each write has a mark; at the end, the answers are compared with the records
 * that the helpdesk has of each mark.
 */
final class ReplicaRun {

    private static final int CALLERS = 64;

    private static final List<Integer> TICKETS = List.of(4052, 4063, 4088, 4095, 4101, 4112);

    private static final String READ = "get_single_desk_365_ticket_by_id";
    private static final String NOTE = "create_a_desk_365_ticket_note";
    private static final String REPLY = "create_a_desk_365_ticket_reply";
    private static final String TICKET = "create_a_desk_365_ticket";

    /** After this time, no further calls are begun, however many there were. */
    private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("replicas.minutes", 60));

    /** How often a caller repeats one call until it knows what came of it. */
    private static final int MOST_ATTEMPTS = 40;

    private static final Pattern WAIT = Pattern.compile("(?:Repeat the same call in|Wait(?: at least)?) (\\d+) seconds");

    /** What a caller knows of a write at the end. */
    enum Known {
        /** It was told that the record exists. */
        DONE,
        /** It was told each time that nothing was done. */
        NOT_DONE,
        /** It was told that a person must check. */
        PERSON,
        /** It was told nothing certain in many attempts. */
        OPEN
    }

    /**
     * One write.
     *
     * @param known what its caller knows
     * @param fresh how many answers said that this very call has made the record
     * @param last the last answer
     */
    record Write(String mark, String tool, Known known, int fresh, String last) {}

    private final Replicas replicas;
    private final int target;
    private final long seed;
    private final long began = System.nanoTime();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger marks = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger halves = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private final Map<String, AtomicInteger> codes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Write> writes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> untrue = new ConcurrentLinkedQueue<>();

    private ReplicaRun(Replicas replicas, int target, long seed) {
        this.replicas = replicas;
        this.target = target;
        this.seed = seed;
    }

    /**
     * Arguments: {@code postgres}, {@code redis} or an address, and how many calls, or {@code plan};
     * then optionally the seed.
     */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws Exception {
        String state = switch (arguments[0]) {
            case "postgres" -> TestStores.postgresUrl();
            case "redis" -> TestStores.redisUrl();
            default -> arguments[0];
        };
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        if (arguments[1].equals("plan")) {
            System.out.println("seed " + seed + ": " + spend(state, Duration.ofSeconds(150), seed));
        } else {
            System.out.println(run(state, Integer.parseInt(arguments[1]), seed));
        }
        System.exit(0);
    }

    /** What came of a run. */
    record Figures(
            long seed,
            Duration took,
            int calls,
            int lost,
            int kills,
            int halves,
            int elsewhere,
            Map<String, AtomicInteger> codes,
            List<Write> writes,
            List<String> untrue,
            Replicas.Counted counted) {

        int records(Write write) {
            return counted.records().getOrDefault(write.mark(), 0);
        }

        /** Everything that must not be. */
        List<String> faults() {
            List<String> faults = new ArrayList<>(untrue);
            counted.records().forEach((mark, records) -> {
                if (records > 1) {
                    faults.add(mark + " has " + records + " records");
                }
            });
            for (Write write : writes) {
                boolean isTrue = switch (write.known()) {
                    case DONE -> records(write) == 1;
                    case NOT_DONE -> records(write) == 0;
                    case PERSON, OPEN -> true;
                };
                if (!isTrue || write.fresh() > 1 || write.known() == Known.OPEN) {
                    faults.add(write + ": " + records(write) + " records");
                }
            }
            return faults;
        }

        @Override
        public String toString() {
            Map<String, Integer> known = new LinkedHashMap<>();
            writes.forEach(write -> known.merge(write.tool() + " " + write.known(), 1, Integer::sum));
            StringBuilder text = new StringBuilder("seed " + seed + ": " + calls + " calls in " + took.toSeconds() + " s, "
                    + kills + " kills, " + lost + " answers lost on the way, " + counted.calls()
                    + " calls at the helpdesk, " + halves + " staged writes of which " + elsewhere
                    + " had their halves at different replicas; writes " + known + "; errors " + codes);
            faults().forEach(fault -> text.append("\nFAULT ").append(fault));
            return text.toString();
        }
    }

    /** Runs about so many calls. */
    static Figures run(String state, int calls, long seed) throws Exception {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            tokens.put(token(caller), "caller-" + caller);
        }
        try (Replicas replicas = new Replicas(new Replicas.Setup(state, "UNLIMITED", null, tokens, seed, 1_500))) {
            return new ReplicaRun(replicas, calls, seed).run();
        }
    }

    /** What came of a run on a plan: how many calls its helpdesk got, and how many of them its plan refused. */
    record Spent(int attempts, int kills, Replicas.Counted counted) {}

    /** All callers read for so long on an account with 50 calls a minute, while replicas are killed. */
    static Spent spend(String state, Duration length, long seed) throws Exception {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            tokens.put(token(caller), "caller-" + caller);
        }
        try (Replicas replicas = new Replicas(new Replicas.Setup(state, "PLUS", "plus", tokens, seed, 0))) {
            ReplicaRun run = new ReplicaRun(replicas, Integer.MAX_VALUE, seed);
            Thread killer = new Thread(() -> run.killAtRandom(new Random(seed)), "killer");
            ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
            long end = System.nanoTime() + length.toNanos();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                McpHttp client = client(replicas, i);
                callers.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        run.read(client, TICKETS.get(0));
                        TimeUnit.MILLISECONDS.sleep(100);
                    }
                    return null;
                }));
            }
            killer.start();
            for (Future<?> caller : callers) {
                caller.get();
            }
            threads.shutdown();
            killer.interrupt();
            killer.join();
            return new Spent(run.calls.get(), run.kills.get(), replicas.counted());
        }
    }

    private static String token(int caller) {
        return "the-long-token-of-caller-" + caller;
    }

    /** Half of the callers speak the newer revision. */
    private static McpHttp client(Replicas replicas, int caller) {
        return new McpHttp(replicas.address(), token(caller), caller % 2 == 1);
    }

    private Figures run() throws Exception {
        long start = System.nanoTime();
        Thread killer = new Thread(() -> killAtRandom(new Random(seed)), "killer");
        ExecutorService threads = Executors.newFixedThreadPool(2 * CALLERS);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            McpHttp[] clients = {client(replicas, caller), client(replicas, caller)};
            callers.add(threads.submit(() -> {
                callOn(new Random(seed + caller), clients, threads);
                return null;
            }));
        }
        killer.start();
        try {
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            threads.shutdownNow();
            killer.interrupt();
            killer.join();
        }
        return new Figures(
                seed,
                Duration.ofNanos(System.nanoTime() - start),
                calls.get(),
                lost.get(),
                kills.get(),
                halves.get(),
                elsewhere.get(),
                codes,
                List.copyOf(writes),
                List.copyOf(untrue),
                replicas.counted());
    }

    private boolean hasEnough() {
        return calls.get() >= target || System.nanoTime() - began > LONGEST.toNanos();
    }

    /** Kills a replica that serves, and starts it again, while at least one other serves. */
    private void killAtRandom(Random random) {
        try {
            while (!hasEnough()) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_000));
                List<Integer> serving = replicas.serving();
                if (serving.size() > 1) {
                    int replica = serving.get(random.nextInt(serving.size()));
                    replicas.kill(replica);
                    kills.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                    replicas.start(replica);
                }
            }
            replicas.makeWell();
        } catch (InterruptedException ended) {
            // The callers have ended.
        } catch (IOException e) {
            untrue.add("The replicas were not killed and restarted: " + e);
        }
    }

    private void callOn(Random random, McpHttp[] clients, ExecutorService threads) throws Exception {
        while (!hasEnough()) {
            int kind = random.nextInt(100);
            int ticket = TICKETS.get(random.nextInt(TICKETS.size()));
            String mark = "W-" + Integer.toString(marks.incrementAndGet(), 36);
            if (kind < 35) {
                read(clients[random.nextInt(2)], ticket);
            } else if (kind < 60) {
                write(random, clients, threads, mark, NOTE, "\"ticket_number\":" + ticket + ",\"body\":\"Note " + mark + "\"");
            } else if (kind < 90) {
                write(random, clients, threads, mark, REPLY, "\"ticket_number\":" + ticket + ",\"body\":\"Reply " + mark + "\"");
            } else {
                write(
                        random,
                        clients,
                        threads,
                        mark,
                        TICKET,
                        "\"contact_email\":\"nora.vance@northwind.example\",\"subject\":\"Ticket " + mark
                                + "\",\"description\":\"About " + mark + "\"");
            }
        }
    }

    private void read(McpHttp client, int ticket) throws InterruptedException {
        Reply reply = call(client, READ, "{\"ticket_number\":" + ticket + "}");
        if (!reply.isLost() && !reply.isError() && !reply.text().contains(String.valueOf(ticket))) {
            untrue.add("A read of " + ticket + " returned " + reply.text());
        }
    }

    private Reply call(McpHttp client, String tool, String arguments) throws InterruptedException {
        calls.incrementAndGet();
        Reply reply = client.call(tool, arguments);
        if (reply.isLost()) {
            lost.incrementAndGet();
            codes.computeIfAbsent(String.valueOf(reply.lost()), code -> new AtomicInteger())
                    .incrementAndGet();
        } else if (reply.isError()) {
            codes.computeIfAbsent(reply.code(), code -> new AtomicInteger()).incrementAndGet();
        }
        return reply;
    }

    /** Makes one write until its caller knows what came of it; some callers repeat it elsewhere at the same time. */
    private void write(
            Random random, McpHttp[] clients, ExecutorService threads, String mark, String tool, String arguments)
            throws Exception {
        boolean hasTwin = random.nextInt(5) == 0;
        boolean givesUp = random.nextInt(10) == 0;
        int first = random.nextInt(2);
        State state = new State();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            McpHttp client = clients[(first + attempt) % 2];
            McpHttp other = clients[(first + attempt + 1) % 2];
            String token = state.token;
            String whole = "{" + arguments + (token == null ? "" : ",\"approval_token\":\"" + token + "\"") + "}";
            List<Reply> replies = new ArrayList<>();
            // A preview that nobody needs is not asked for twice.
            if (hasTwin && (token != null || tool.equals(NOTE))) {
                Future<Reply> twin = threads.submit(() -> call(other, tool, whole));
                replies.add(call(client, tool, whole));
                replies.add(twin.get());
            } else {
                replies.add(call(client, tool, whole));
            }
            if (token != null) {
                halves.incrementAndGet();
                elsewhere.addAndGet(String.valueOf(state.stagedAt).equals(client.replica()) ? 0 : 1);
            }
            for (Reply reply : replies) {
                state.learn(reply, client);
            }
            if (state.known != null) {
                break;
            }
            if (givesUp && !state.isUnsure) {
                // Nothing was done so far, as all answers say.
                state.known = Known.NOT_DONE;
                break;
            }
            if (state.token != null && token == null) {
                continue;
            }
            TimeUnit.MILLISECONDS.sleep(state.waitMillis());
        }
        writes.add(new Write(
                mark, tool, state.known == null ? Known.OPEN : state.known, state.fresh, state.last));
    }

    /** What a caller knows of a write. */
    private static final class State {

        private @Nullable Known known;
        private @Nullable String token;
        private @Nullable String stagedAt;
        private boolean isUnsure;
        private int fresh;
        private String last = "";

        void learn(Reply reply, McpHttp client) {
            if (reply.isLost()) {
                isUnsure = true;
                return;
            }
            last = reply.text();
            if (!reply.isError()) {
                String given = reply.content().text("approval_token");
                if (given != null) {
                    token = given;
                    stagedAt = client.replica();
                    return;
                }
                known = Known.DONE;
                boolean isOld = reply.content().has("replayed") || reply.content().has("found");
                fresh += isOld ? 0 : 1;
                return;
            }
            boolean wasSent = List.of("unknown_outcome", "unavailable", "unreadable_answer").contains(reply.code());
            isUnsure |= wasSent;
            if (known == null && last.contains("a person must check")) {
                known = Known.PERSON;
            }
            if (reply.code().equals("approval_not_good") || reply.code().equals("recipient_changed")) {
                token = null;
            }
        }

        long waitMillis() {
            Matcher wait = WAIT.matcher(last);
            return wait.find()
                    ? 1_000L * Integer.parseInt(wait.group(1))
                    : 200 + ThreadLocalRandom.current().nextInt(600);
        }
    }
}
