package org.experimaestro.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.schedule.Work;
import org.experimaestro.engine.time.RunClock;

/**
 * Runs jobs that do nothing through the scheduler, with a launcher that ends them on a thread of its own: 1,000 jobs, then
 * ten times as many, up to the number of the argument. The jobs are chains of ten, of which a thousand run at once, and
 * begin when all have been submitted. Prints for each size the processor's time and the allocation of the scheduler's
 * thread, and the heap while all wait and after the end. With a second argument, it waits for a line of the standard
 * input while the jobs of the last size wait, so that the heap can be looked at.
 */
public final class SchedulerSoak {
    private static final int FIRST = 1_000;
    private static final int FACTOR = 10;
    private static final int CHAIN = 10;
    private static final int PLACES = 1_000;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int size;
    private final Limit places = new Limit("places", PLACES);
    private final BlockingQueue<Runnable> bodies = new LinkedBlockingQueue<>();
    private final List<Job> jobs = new ArrayList<>();
    private volatile long thread;

    private SchedulerSoak(int size) {
        this.size = size;
    }

    /**
     * Runs the jobs.
     *
     * @param arguments the largest number of jobs; anything more to wait while they wait
     * @throws Exception if the scheduler fails
     */
    public static void main(String[] arguments) throws Exception {
        int most = Integer.parseInt(arguments[0]);
        new SchedulerSoak(FIRST).run(false); // classes are loaded
        for (long size = FIRST; size <= most; size *= FACTOR) {
            new SchedulerSoak((int) size).run(arguments.length > 1 && size * FACTOR > most);
        }
    }

    private void run(boolean waits) throws Exception {
        long empty = heap();
        try (Scheduler scheduler = new Scheduler(RunClock.SYSTEM, bodies::add)) {
            long start = System.nanoTime();
            for (int i = 0; i < size; i++) {
                jobs.add(new Job(new Nothing(), i % CHAIN == 0 ? List.of() : List.of(jobs.get(i - 1))));
                scheduler.submit(jobs.get(i), Scheduler.Found.TO_RUN);
            }
            scheduler.retry(jobs.getFirst()).get(); // all events before it have been handled
            long nanos = System.nanoTime() - start;
            long waiting = heap() - empty;
            if (waits) {
                System.out.println("process " + ProcessHandle.current().pid() + ": all jobs wait");
                System.in.read();
            }
            start = System.nanoTime();
            Thread launcher = Thread.ofPlatform().daemon().start(this::endAll);
            scheduler.end().get();
            launcher.join();
            nanos += System.nanoTime() - start;
            print(
                    nanos,
                    THREADS.getThreadCpuTime(thread),
                    THREADS.getThreadAllocatedBytes(thread),
                    waiting,
                    heap() - empty);
        }
    }

    private void endAll() {
        try {
            for (int i = 0; i < size; i++) {
                bodies.take().run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(long nanos, long cpu, long allocated, long waiting, long ended) {
        System.out.printf(
                "%,9d jobs: %6.2f us a job, %6.2f us of the scheduler's CPU, %,6d bytes allocated;"
                        + " heap a job: %,5d bytes while all wait, %,5d at the end%n",
                size,
                nanos / NANOS_PER_MICRO / size,
                cpu / NANOS_PER_MICRO / size,
                allocated / size,
                waiting / size,
                ended / size);
    }

    /** Returns the bytes of all objects that can be reached. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private final class Nothing implements Work {
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
            thread = Thread.currentThread().threadId();
        }
    }
}
