package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run of 24 days in simulated time. A plan submits jobs all the time. Its launcher takes no job, its poller sees no end,
 * and its journal cannot be written, each for hours. All jobs end as they should.
 */
@Timeout(300)
@Tag("thorough")
final class DaysOfOutagesTest {
    private static final int DAYS = 24;
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final int END = DAYS * MINUTES_A_DAY;
    private static final int JOBS = 4_000;
    private static final int TIME_LIMIT = 600;
    private static final int MOST_DEPENDENCIES = 3;

    private final Random random = new Random(24);
    private final SimulatedTime time = new SimulatedTime();
    private final Map<Part, NavigableMap<Long, Long>> outages = new EnumMap<>(Part.class);
    private final Map<Part, Integer> met = new EnumMap<>(Part.class);
    private final Limit places = new Limit("places", 8);
    private final List<Job> jobs = new ArrayList<>();
    private final Job fence = new Job(new Simulated(0), List.of());
    private final Executor launcher = this::launch;
    /** The job that the scheduler is starting: it is not read before the launcher has been given its body. */
    private @Nullable Simulated starting;

    /** A part that is out of order at times. */
    private enum Part {
        LAUNCHER,
        POLLER,
        FILE_SYSTEM
    }

    DaysOfOutagesTest() {
        for (Part part : Part.values()) {
            NavigableMap<Long, Long> times = new TreeMap<>();
            for (long minute = random.nextInt(MINUTES_A_DAY); minute < END; minute += random.nextInt(MINUTES_A_DAY)) {
                long end = minute + 1 + random.nextInt(MINUTES_A_DAY / 4);
                times.put(minute, end);
                minute = end;
            }
            outages.put(part, times);
        }
    }

    /** Returns the end of an outage; the same minute if there is none. */
    private long endOfOutage(Part part, long minute) {
        Map.Entry<Long, Long> outage = outages.get(part).floorEntry(minute);
        boolean isDown = outage != null && minute < outage.getValue();
        if (isDown) {
            met.merge(part, 1, Integer::sum);
        }
        return isDown ? outage.getValue() : minute;
    }

    @Test
    void run_outagesOfEverything_allJobsEndAsTheyShould() throws Exception {
        try (Scheduler scheduler = new Scheduler(time, launcher)) {
            for (int i = 0; i < JOBS; i++) {
                time.at((long) random.nextInt(END), () -> submit(scheduler));
            }
            for (int day = 1; day < DAYS; day++) {
                time.at((long) day * MINUTES_A_DAY, () -> scheduler.resize(places, 4 + random.nextInt(8)));
            }
            do {
                scheduler.retry(fence).get(); // all events before have been handled
            } while (time.advance());
            Future<Void> end = scheduler.end();
            scheduler.retry(fence).get();

            assertThat(end.isDone()).isTrue();
            for (int i = 0; i < JOBS; i++) {
                assertThat(jobs.get(i).phase()).as("job %d", i).isEqualTo(expected(jobs.get(i)));
                assertThat(jobs.get(i).problem()).isNull();
            }
        }
        assertThat(time.minute()).isGreaterThanOrEqualTo(END - MINUTES_A_DAY);
        assertThat(met.keySet()).containsExactly(Part.values());
        assertThat(jobs).extracting(Job::phase).contains(Phase.DONE, Phase.FAILED, Phase.SKIPPED);
    }

    private void submit(Scheduler scheduler) {
        List<Job> dependencies = new ArrayList<>();
        for (int i = random.nextInt(MOST_DEPENDENCIES); i > 0 && !jobs.isEmpty(); i--) {
            dependencies.add(jobs.get(jobs.size() - 1 - random.nextInt(Math.min(jobs.size(), 50))));
        }
        Simulated work = new Simulated(random.nextInt(20));
        Job job = new Job(work, dependencies);
        jobs.add(job);
        scheduler.submit(job, Scheduler.Found.TO_RUN);
    }

    private static Phase expected(Job job) {
        for (Job dependency : job.dependencies()) {
            if (dependency.phase() != Phase.DONE) {
                return Phase.SKIPPED;
            }
        }
        return ((Simulated) job.work()).isHopeless() ? Phase.FAILED : Phase.DONE;
    }

    /** Takes the body of a try, or of the expiry of its time, from the scheduler's thread. */
    private void launch(Runnable body) {
        Simulated job = starting;
        starting = null;
        if (job == null) {
            body.run();
        } else {
            job.launch(body);
        }
    }

    /** A job whose kind tells how its tries end. */
    private final class Simulated implements Work {
        private final int kind;
        private final int minutes = 1 + random.nextInt(120);
        private int tries;
        private Ending ending = new Ending.Done();
        private @Nullable Runnable body;

        Simulated(int kind) {
            this.kind = kind;
        }

        /** One job in ten has an exception, and one in twenty takes longer than it may. */
        boolean isHopeless() {
            return kind < 3;
        }

        private boolean isTooLong() {
            return kind == 2;
        }

        /** Some fail before they are done. */
        private int failures() {
            return kind < 6 ? kind - 3 : 0;
        }

        void launch(Runnable taken) {
            body = taken;
            long now = time.minute();
            if (endOfOutage(Part.LAUNCHER, now) > now) {
                end(new Ending.Again(Duration.ofMinutes(10)), now + 1);
            } else if (!isTooLong()) {
                tries++;
                Ending again = new Ending.Again(Duration.ofMinutes(tries * 5L));
                end(
                        isHopeless() ? new Ending.Failed() : tries <= failures() ? again : new Ending.Done(),
                        endOfOutage(Part.POLLER, now + minutes));
            }
        }

        private void end(Ending how, long minute) {
            Runnable ended = body;
            if (ended != null) {
                body = null;
                ending = how;
                time.at(minute, ended);
            }
        }

        @Override
        public List<Demand> demands() {
            return List.of(new Demand(places, 1 + kind % 2));
        }

        @Override
        public int priority() {
            return kind % 3;
        }

        @Override
        public Optional<Duration> timeLimit() {
            return Optional.of(Duration.ofMinutes(TIME_LIMIT));
        }

        @Override
        public void expire() {
            end(new Ending.Failed(), endOfOutage(Part.POLLER, time.minute()));
        }

        @Override
        public Ending run() {
            return ending;
        }

        @Override
        public void changed(Phase phase) {
            starting = phase == Phase.RUNNING ? this : null;
            if (endOfOutage(Part.FILE_SYSTEM, time.minute()) > time.minute()) {
                throw new UncheckedIOException(new IOException("the journal cannot be written"));
            }
        }
    }
}
