package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.schedule.LimitUse;
import org.experimaestro.trial.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several runs share a launcher's limit of jobs. */
final class LauncherShareTest {
    @TempDir
    private Path state;

    private final TestClock clock = new TestClock();

    /** A run with jobs that start as soon as they may, and end when the test says so. */
    private final class TestRun {
        private final LauncherShare share;
        private long jobs;
        private long running;
        private long size;

        TestRun(long jobs) {
            this(jobs, 5);
        }

        TestRun(long jobs, long limit) {
            this.jobs = jobs;
            this.share = new LauncherShare(state, "gpu", limit, clock);
            clock.advance(Duration.ofSeconds(1)); // the next run comes later
        }

        /** Looks twice: what a run gives up is free for others from its second look on. */
        long update() throws IOException {
            look();
            look();
            return running;
        }

        void look() throws IOException {
            share.update(part -> {
                size = part;
                start();
                return new LimitUse(running, jobs - running);
            });
        }

        private void start() {
            running = Math.max(running, Math.min(jobs, size));
        }

        void end(long count) {
            jobs -= count;
            running -= count;
            start();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 10 | 4",
                "4 | 10 10 | 2 2",
                "5 | 10 10 | 3 2",
                "5 | 1 10 | 1 4",
                "5 | 10 0 | 5 0",
                "2 | 9 9 9 | 1 1 0",
                "7 | 2 9 9 | 2 3 2",
                "4 | 1 1 | 1 1",
            })
    void of_limit_isDividedFairly(long limit, String wanted, String shares) {
        assertThat(FairShare.of(limit, numbers(wanted))).isEqualTo(numbers(shares));
    }

    @Test
    void of_anyWishes_nobodyGetsLessThanThePartThatIsPromised() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            long limit = random.nextInt(20);
            List<Long> wanted = LongStream.generate(() -> random.nextInt(15))
                    .limit(1 + random.nextInt(6))
                    .boxed()
                    .toList();
            List<Long> shares = FairShare.of(limit, wanted);
            long waiting = wanted.stream().filter(wish -> wish > 0).count();
            long all = wanted.stream().mapToLong(Long::longValue).sum();
            assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(Math.min(limit, all));
            for (int run = 0; run < shares.size(); run++) {
                assertThat(shares.get(run))
                        .isBetween(Math.min(wanted.get(run), limit / Math.max(1, waiting)), wanted.get(run));
            }
        }
    }

    private static List<Long> numbers(String text) {
        return Stream.of(text.strip().split(" ")).map(Long::valueOf).toList();
    }

    @Test
    void update_runThatIsAlone_hasAll() throws IOException {
        assertThat(new TestRun(3).update()).isEqualTo(3);
        assertThat(new TestRun(9).update())
                .as("the first one may start 5 until it looks again")
                .isZero();
    }

    @Test
    void update_jobsForWhichTwoRunsWait_countOnce() throws IOException {
        Set<String> jobs = Set.of("a", "b", "c", "d", "e", "f");
        LauncherShare one = new LauncherShare(state, "gpu", 6, clock, () -> jobs);
        clock.advance(Duration.ofSeconds(1));
        LauncherShare two = new LauncherShare(state, "gpu", 6, clock, () -> jobs);
        for (int look = 0; look < 3; look++) {
            assertThat(one.update(part -> new LimitUse(6, 4))).isEqualTo(6);
            assertThat(two.update(part -> new LimitUse(6, 0)))
                    .as("it starts none when one of them ends, for the other one does")
                    .isZero();
        }
        two.update(part -> new LimitUse(6, 4)); // it has other jobs, too
        assertThat(one.update(part -> new LimitUse(6, 4))).isEqualTo(3);
        assertThat(two.update(part -> new LimitUse(6, 4)))
                .as("until some of the six end")
                .isZero();
    }

    @Test
    void update_runThatComesLater_getsItsPartWhenJobsEnd() throws IOException {
        TestRun first = new TestRun(20);
        TestRun second = new TestRun(20);
        assertThat(first.update()).isEqualTo(5);
        assertThat(second.update()).isZero();
        assertThat(first.update()).as("nothing is stopped").isEqualTo(5);
        first.end(1);
        assertThat(first.running)
                .as("a job that ends is not replaced above the share")
                .isEqualTo(4);
        first.update();
        assertThat(second.update()).isEqualTo(1);
        first.end(2);
        first.update();
        assertThat(first.running).isEqualTo(3);
        assertThat(second.update()).isEqualTo(2);
    }

    @Test
    void update_runWithLittleToDo_lendsTheRest() throws IOException {
        TestRun first = new TestRun(1);
        TestRun second = new TestRun(20);
        first.update();
        second.update();
        first.update();
        assertThat(second.update()).isEqualTo(4);
        first.end(1);
        first.update();
        assertThat(second.update()).isEqualTo(5);
    }

    @Test
    void update_runThatHasEnded_leavesAll() throws IOException {
        TestRun first = new TestRun(20);
        TestRun second = new TestRun(20);
        first.update();
        second.update();
        first.share.giveBack();
        assertThat(second.update()).isEqualTo(5);
    }

    @Test
    void update_runThatDied_orADamagedFile_countsForNothing() throws IOException {
        Path files = Files.createDirectories(state.resolve("shares/gpu"));
        TestRun run = new TestRun(20);
        run.update();
        Path own;
        try (Stream<Path> all = Files.list(files)) {
            own = all.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
        String dead = Files.readString(own).replaceFirst("\"pid\": \\d+", "\"pid\": 1999999999");
        Files.writeString(files.resolve("dead.json"), dead);
        Files.writeString(files.resolve("damaged.json"), "{\"format\"");
        assertThat(run.update()).isEqualTo(5);
        assertThat(files.resolve("dead.json")).doesNotExist();
        assertThat(files.resolve("damaged.json")).doesNotExist();
    }

    @Test
    void update_schedulerThatWaits_keepsNoOtherRunWaiting() throws Exception {
        TestRun other = new TestRun(20);
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        LauncherShare stuck = new LauncherShare(state, "gpu", 5, clock);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                stuck.update(part -> {
                    waits.countDown();
                    Uninterrupted.await(
                            Duration.ofMinutes(1), most -> goesOn.await(most.toMillis(), TimeUnit.MILLISECONDS));
                    return new LimitUse(0, 9);
                });
            } catch (IOException unwritten) {
                throw new UncheckedIOException(unwritten);
            }
        });
        waits.await();
        assertThat(other.update()).isEqualTo(5);
        goesOn.countDown();
        thread.join();
    }

    @Test
    void update_moreRunsThanPlaces_eachHasItsTurn() throws IOException {
        TestRun first = new TestRun(100, 1);
        TestRun second = new TestRun(100, 1);
        Set<Boolean> seen = new HashSet<>();
        for (int minute = 0; minute < 6; minute++) {
            clock.advance(Duration.ofMinutes(1));
            first.update();
            second.update();
            first.end(first.running);
            second.end(second.running);
            first.update();
            second.update();
            first.update();
            second.update();
            assertThat(first.running + second.running).isLessThanOrEqualTo(1);
            seen.add(second.running == 1);
        }
        assertThat(seen).contains(true);
    }

    @Test
    void update_otherRunThatKnowsASmallerLimit_bothKeepIt() throws IOException {
        TestRun before = new TestRun(20);
        before.update();
        TestRun after = new TestRun(20, 2);
        after.update();
        before.update();
        before.end(4);
        before.update();
        before.update();
        after.update();
        assertThat(before.running + after.running).isLessThanOrEqualTo(2);
        assertThat(after.running).isEqualTo(1);
    }

    @Test
    void update_manyRuns_neverExceedTheLimit() throws IOException {
        Random random = new Random(11);
        List<TestRun> runs = List.of(new TestRun(30), new TestRun(7), new TestRun(30));
        for (int step = 0; step < 400; step++) {
            TestRun run = runs.get(random.nextInt(runs.size()));
            if (run.running > 0 && random.nextBoolean()) {
                run.end(1);
                run.jobs += random.nextInt(3);
                run.start();
            } else {
                run.look();
            }
            assertThat(runs.stream().mapToLong(each -> each.running).sum()).isLessThanOrEqualTo(5);
        }
    }
}
