package org.experimaestro.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The CPU time that a tree takes after warm-up. {@link IdentifierBenchmark} measures the time of the clock, which says little
 * on a machine that others use.
 */
public final class WarmTrees {
    private static final int ROUNDS = 8;
    private static final int TREES = 50_000;

    private WarmTrees() {}

    /**
     * Builds and identifies trees in this process.
     *
     * @return the CPU time of this thread for a tree, in microseconds: the least of the rounds
     */
    public static double cpuMicros() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double least = Double.POSITIVE_INFINITY;
        int all = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int number = 0; number < TREES; number++) {
                all += Trees.build(number).id().hashCode();
            }
            least = Math.min(least, (threads.getCurrentThreadCpuTime() - start) / 1e3 / TREES);
        }
        if (all == 0) {
            throw new IllegalStateException("The hash codes of " + TREES + " identifiers add up to 0");
        }
        return least;
    }
}
