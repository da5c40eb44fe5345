package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final List<Job<Integer, Boolean>> jobs = new ArrayList<>();
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

        for (Job<Integer, Boolean> job : jobs.subList(1, SIZE)) {
            assertThat(job.end().get()).isEqualTo(Phase.SKIPPED);
        }
        assertThat(changes).hasValue(FIRST + 2 * (SIZE - 1));
    }

    private interface Shape {
        List<Job<Integer, Boolean>> dependencies(int index, List<Job<Integer, Boolean>> before);
    }

    private static List<Job<Integer, Boolean>> chain(int index, List<Job<Integer, Boolean>> before) {
        return index == 0 ? List.of() : List.of(before.get(index - 1));
    }

    /** One job before all others, and one after all others. */
    private static List<Job<Integer, Boolean>> fan(int index, List<Job<Integer, Boolean>> before) {
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
        Slots<Integer> slots = new Slots<>(2);
        try (Scheduler<Integer, Boolean> scheduler = new Scheduler<>(
                job -> slots, this::end, Boolean::booleanValue, job -> changes.incrementAndGet(), executor)) {
            for (int i = 0; i < SIZE; i++) {
                jobs.add(new Job<>(i, shape.dependencies(i, jobs)));
                scheduler.submit(jobs.get(i), Scheduler.Found.TO_RUN, null);
            }
            Job<Integer, Boolean> fence = new Job<>(-1, List.of());
            scheduler.submit(fence, Scheduler.Found.ENDED, true);
            fence.end().get();
            changes.decrementAndGet(); // the fence's own
            submitted.countDown();
            for (Job<Integer, Boolean> job : jobs) {
                job.end().get();
            }
        }
    }

    private Boolean end(Job<Integer, Boolean> job) {
        if (job.content() != 0) {
            return true;
        }
        try {
            submitted.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return firstSucceeds;
    }

    private Job<Integer, Boolean> last() {
        return jobs.get(SIZE - 1);
    }
}
