package io.github.desk365mcp.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.desk365mcp.sandbox.Desk365Sandbox;
import io.github.desk365mcp.sandbox.Exchange;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.sandbox.Plan;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The helpdesk of a run, in a process of its own: a sandbox that counts its calls and the records of each mark. If asked
 * to, it sometimes loses an answer after it has carried the request out, or is unavailable.
 */
final class HelpdeskProcess {

    /** Each write of a run has a mark of its own in its text. */
    static final Pattern MARK = Pattern.compile("W-[0-9a-z]+");

    private static final List<String> WRITES = List.of("addReply", "addNote", "createTicket");

    private final Desk365Sandbox sandbox;
    private final Map<String, Integer> records = new TreeMap<>();
    private int calls;
    private int overPlan;

    private HelpdeskProcess(Plan plan) {
        sandbox = Desk365Sandbox.start(options -> options.plan(plan));
    }

    /** Arguments: the plan, the seed, and how many milliseconds pass between two faults on average; 0 for none. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws Exception {
        HelpdeskProcess helpdesk = new HelpdeskProcess(Plan.valueOf(arguments[0]));
        Thread counting = new Thread(helpdesk::countOn, "count");
        counting.setDaemon(true);
        counting.start();
        int between = Integer.parseInt(arguments[2]);
        Thread failing = new Thread(() -> helpdesk.failOn(new Random(Long.parseLong(arguments[1])), between), "faults");
        failing.setDaemon(true);
        if (between > 0) {
            failing.start();
        }
        System.out.println(helpdesk.sandbox.baseUrl());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("well")) {
                failing.interrupt();
                failing.join();
            } else {
                System.out.println(helpdesk.report());
            }
        }
        // The run has ended, or was ended.
        System.exit(0);
    }

    private void countOn() {
        try {
            while (true) {
                count();
                Thread.sleep(25);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void count() {
        for (Exchange exchange : sandbox.takeExchanges()) {
            calls++;
            overPlan += exchange.status() == 429 ? 1 : 0;
            Matcher mark = MARK.matcher(exchange.text());
            // A lost answer has the status 0; its request was carried out.
            if (!exchange.method().equals("GET") && exchange.status() < 300 && mark.find()) {
                records.merge(mark.group(), 1, Integer::sum);
            }
        }
    }

    private void failOn(Random random, int between) {
        try {
            while (true) {
                Thread.sleep(1 + random.nextInt(2 * between));
                if (random.nextInt(3) > 0) {
                    sandbox.next(WRITES.get(random.nextInt(WRITES.size())), Fault.loseAnswer());
                } else {
                    sandbox.next(Fault.answer(503, Map.of(), "<h1>busy</h1>"));
                }
            }
        } catch (InterruptedException ended) {
            // The helpdesk is well from now on.
        }
    }

    private synchronized String report() {
        count();
        StringBuilder line = new StringBuilder(calls + " " + overPlan);
        records.forEach((mark, count) -> line.append(' ').append(mark).append('=').append(count));
        return line.toString();
    }
}
