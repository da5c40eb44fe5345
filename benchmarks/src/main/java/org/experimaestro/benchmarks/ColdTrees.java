package org.experimaestro.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.Set;
import org.experimaestro.ConfigId;

/** What a plan's process sees, which starts cold: 10,000 distinct trees, once, the compilation of the code included. */
public final class ColdTrees {
    private static final int TREES = 10_000;

    private ColdTrees() {}

    /**
     * Prints trees per second.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long startedCpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        Set<ConfigId> ids = new HashSet<>();
        for (int number = 0; number < TREES; number++) {
            ids.add(Trees.build(number).id());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu = (threads.getCurrentThreadCpuTime() - startedCpu) / 1e9;
        System.out.printf(
                "%d distinct trees in %.2f s: %.0f per second; %.0f per second of this thread's CPU%n",
                ids.size(), seconds, TREES / seconds, TREES / cpu);
    }
}
