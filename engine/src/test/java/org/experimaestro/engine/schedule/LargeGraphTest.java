package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.engine.time.RunClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Graphs of 100,000 jobs: the stack stays flat, and an event touches only the jobs that it changes. */
@Timeout(120)
final class LargeGraphTest {
    private static final int SIZE = 100_000;
    /** A first job: made ready, started, done. */
    private static final int FIRST = 3;
    /** A job with dependencies waits before that. */
    private static final int DEPENDENT = 4;

    private final AtomicInteger changes = new AtomicInteger();
    private final CountDownLatch submitted = new CountDownLatch(1);
    private final List<Job> jobs = new ArrayList<>();
    private final Limit slots = new Limit("slots", 2);
    private boolean firstSucceeds = true;

    @Test
    void chain_allSucceed_changesEachJobFourTimes() throws Exception {
        run(LargeGraphTest::chain);

        assertThat(last().end().get()).isEqualTo(Phase.DONE);
        assertThat(changes).hasValue(FIRST + DEPENDENT * (SIZE - 1));
    }

    @Test
    void chain_firstFails_skipsAllOthersWithOneChangeEach() throws Exception {
        firstSucceeds = false;
        run(LargeGraphTest::chain);

        assertThat(last().end().get()).isEqualTo(Phase.SKIPPED);
        assertThat(changes).hasValue(FIRST + 2 * (SIZE - 1));
    }

    @Test
    void fan_allSucceed_joinsOnce() throws Exception {
        run(LargeGraphTest::fan);

        assertThat(last().end().get()).isEqualTo(Phase.DONE);
        assertThat(changes).hasValue(FIRST + DEPENDENT * (SIZE - 1));
    }

    @Test
    void fan_firstFails_skipsAllOthersWithOneChangeEach() throws Exception {
        firstSucceeds = false;
        run(LargeGraphTest::fan);

        for (Job job : jobs.subList(1, SIZE)) {
            assertThat(job.end().get()).isEqualTo(Phase.SKIPPED);
        }
        assertThat(changes).hasValue(FIRST + 2 * (SIZE - 1));
    }

    private interface Shape {
        List<Job> dependencies(int index, List<Job> before);
    }

    private static List<Job> chain(int index, List<Job> before) {
        return index == 0 ? List.of() : List.of(before.get(index - 1));
    }

    /** One job before all others, and one after all others. */
    private static List<Job> fan(int index, List<Job> before) {
        if (index == SIZE - 1) {
            return before.subList(1, index);
        }
        return index == 0 ? List.of() : List.of(before.get(0));
    }

    private void run(Shape shape) throws Exception {
        // The first job waits for the last submission, all others run on the scheduler's own thread.
        Executor executor = body -> {
            if (submitted.getCount() > 0) {
                Thread.ofVirtual().start(body);
            } else {
                body.run();
            }
        };
        try (Scheduler scheduler = new Scheduler(RunClock.SYSTEM, executor)) {
            for (int i = 0; i < SIZE; i++) {
                jobs.add(new Job(new Number(i), shape.dependencies(i, jobs)));
                scheduler.submit(jobs.get(i), Scheduler.Found.TO_RUN);
            }
            scheduler.retry(jobs.getLast()).get(); // all events before it have been handled
            submitted.countDown();
            scheduler.end().get();
        }
    }

    private final class Number implements Work {
        private final int index;

        Number(int index) {
            this.index = index;
        }

        @Override
        public List<Demand> demands() {
            return List.of(new Demand(slots, 1));
        }

        @Override
        public Ending run() {
            if (index == 0) {
                try {
                    submitted.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            return Ending.of(index > 0 || firstSucceeds);
        }

        @Override
        public void changed(Phase phase) {
            changes.incrementAndGet();
        }
    }

    private Job last() {
        return jobs.get(SIZE - 1);
    }
}
