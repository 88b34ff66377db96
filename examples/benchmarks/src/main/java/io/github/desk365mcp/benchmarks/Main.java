package io.github.desk365mcp.benchmarks;

/** Runs the benchmarks in this process. */
public final class Main {

    private Main() {}

    /** Takes the options of JMH. */
    public static void main(String... arguments) throws Exception {
        org.openjdk.jmh.Main.main(arguments);
    }
}
