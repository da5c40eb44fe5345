package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.experimaestro.trial.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The heap that a job takes while it waits, and what the scheduler allocates for it, in graphs of 1,000 to 100,000 jobs.
 * {@code benchmarks/soak} measures a million.
 */
@Timeout(300)
final class CostOfAJobTest {
    private static final int SMALL = 1_000;
    private static final int LARGE = 100_000;
    private static final int MOST_BYTES = 2_000;
    /** The cost of n jobs grows as n to this power at most: linear, and something for sorted lines. */
    private static final double MOST_EXPONENT = 1.15;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The cost of all jobs of a graph, in bytes. */
    private record Cost(long retained, long allocated) {}

    @Test
    void run_graphsOfSeveralSizes_costGrowsWithTheirSize() throws Exception {
        run(LARGE); // all classes are loaded, and the collections of the test have their size
        Cost small = run(SMALL);
        Cost middle = run(SMALL * 10);
        Cost large = run(LARGE);

        assertThat(large.retained / LARGE).isLessThan(MOST_BYTES);
        assertThat(exponent(small.allocated, middle.allocated, 10)).isLessThan(MOST_EXPONENT);
        assertThat(exponent(middle.allocated, large.allocated, 10)).isLessThan(MOST_EXPONENT);
    }

    private static double exponent(long before, long after, int factor) {
        return Math.log((double) after / before) / Math.log(factor);
    }

    /** Runs chains of ten jobs, a hundred at once. They begin when all have been submitted. */
    private static Cost run(int size) throws Exception {
        Bodies bodies = new Bodies();
        Limit places = new Limit("places", 100);
        List<Job> jobs = new ArrayList<>();
        long before = heap();
        try (Scheduler scheduler = new Scheduler(new TestClock(), bodies::add)) {
            for (int i = 0; i < size; i++) {
                jobs.add(new Job(new Trivial(places, bodies), i % 10 == 0 ? List.of() : List.of(jobs.get(i - 1))));
                scheduler.submit(jobs.get(i), Scheduler.Found.TO_RUN);
            }
            scheduler.retry(jobs.getFirst()).get();
            long retained = heap() - before;
            for (Runnable body = bodies.poll(); body != null; body = bodies.poll()) {
                body.run();
                if (bodies.isEmpty()) {
                    scheduler.retry(jobs.getFirst()).get();
                }
            }
            scheduler.end().get();
            assertThat(jobs).allMatch(job -> job.phase() == Phase.DONE);
            return new Cost(retained, THREADS.getThreadAllocatedBytes(bodies.schedulerThread()));
        }
    }

    /** Returns the bytes of all objects that can be reached. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The bodies of the jobs that run, in the order of their starts. */
    private static final class Bodies {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private volatile long thread;

        synchronized void add(Runnable body) {
            queue.add(body);
        }

        synchronized @Nullable Runnable poll() {
            return queue.poll();
        }

        synchronized boolean isEmpty() {
            return queue.isEmpty();
        }

        void changed() {
            thread = Thread.currentThread().threadId();
        }

        long schedulerThread() {
            return thread;
        }
    }

    private record Trivial(Limit places, Bodies bodies) implements Work {
        @Override
        public List<Demand> demands() {
            return List.of(new Demand(places, 1));
        }

        @Override
        public Ending run() {
            return new Ending.Done();
        }

        @Override
        public void changed(Phase phase) {
            bodies.changed();
        }
    }
}
