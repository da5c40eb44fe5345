package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.engine.time.RunClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that others have to admit before they start. */
@Timeout(120)
final class AdmissionTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Scheduler scheduler = new Scheduler(RunClock.SYSTEM, threads);
    private final Limit places = new Limit("places", 1);
    private final Limit licences = Limit.byAdmission("licences", 2);
    private final Limit launcher = Limit.shared("launcher", 1);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        scheduler.close();
        threads.shutdownNow();
    }

    /** A job that needs a place. */
    private class Local implements Work {
        final String name;

        Local(String name) {
            this.name = name;
        }

        @Override
        public List<Demand> demands() {
            return List.of(new Demand(places, 1));
        }

        @Override
        public Ending run() {
            told.add(name + " runs");
            return new Ending.Done();
        }

        @Override
        public void changed(Phase phase) {}
    }

    /** A job that needs a licence too. */
    private class Licensed extends Local {
        CountDownLatch granted = new CountDownLatch(1);

        @Nullable
        RuntimeException failure;

        /** What it does when it has to wait. */
        volatile Runnable mustWait = () -> {};

        Licensed(String name) {
            super(name);
        }

        @Override
        public List<Demand> demands() {
            return List.of(new Demand(places, 1), new Demand(licences, 1));
        }

        @Override
        public Optional<Admission> admit() throws InterruptedException {
            mustWait.run();
            told.add(name + " asks");
            granted.await();
            if (failure != null) {
                throw failure;
            }
            return Optional.of(new Admission() {
                @Override
                public Ending run() {
                    Ending end = Licensed.this.run();
                    told.add(name + " gives back");
                    return end;
                }

                @Override
                public void dismiss() {
                    told.add(name + " is dismissed");
                }
            });
        }
    }

    /** Submits a job that has to wait for its licences. */
    private Job submitWaiting(Licensed work) {
        Job job = new Job(work, List.of());
        work.mustWait = () -> scheduler.waitsForAdmission(job);
        scheduler.submit(job, Scheduler.Found.TO_RUN);
        return job;
    }

    private Job submit(Work work) {
        Job job = new Job(work, List.of());
        scheduler.submit(job, Scheduler.Found.TO_RUN);
        return job;
    }

    @Test
    void share_jobWhosePlaceIsGone_isWantedByTheLauncher() throws Exception {
        Licensed first = new Licensed("first") {
            @Override
            public List<Demand> demands() {
                return List.of(new Demand(launcher, 1), new Demand(licences, 2));
            }
        };
        scheduler.share(launcher, 1).get();
        submitWaiting(first);
        assertThat(told.take()).isEqualTo("first asks");
        assertThat(scheduler.share(launcher, 0).get()).isEqualTo(LimitUse.NONE); // another run has the place meanwhile

        first.granted.countDown();
        assertThat(told.take()).isEqualTo("first is dismissed");
        assertThat(scheduler.share(launcher, 0).get()).isEqualTo(new LimitUse(0, 1));
        scheduler.share(launcher, 1).get();
        assertThat(told.take()).isEqualTo("first asks");
        assertThat(told.take()).isEqualTo("first runs");
    }

    @Test
    void submit_jobThatWaitsForItsAdmission_holdsNoPlace() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Job waits = submitWaiting(licensed);
        assertThat(told.take()).isEqualTo("licensed asks");
        assertThat(submit(new Local("local")).end().get()).isEqualTo(Phase.DONE);
        assertThat(told.take()).isEqualTo("local runs");
        assertThat(waits.phase()).isEqualTo(Phase.READY);

        licensed.granted.countDown();
        assertThat(waits.end().get()).isEqualTo(Phase.DONE);
        assertThat(told).containsExactly("licensed runs", "licensed gives back");
    }

    /** There are two licences, and one place. */
    @Test
    void submit_severalJobsAndOnePlace_onlyTheOneWithThePlaceAsks() throws Exception {
        Licensed one = new Licensed("one");
        Licensed two = new Licensed("two");
        submit(one);
        Job last = submit(two);
        assertThat(told.take()).isEqualTo("one asks");
        one.granted.countDown();
        two.granted.countDown();
        assertThat(last.end().get()).isEqualTo(Phase.DONE);
        assertThat(told).containsExactly("one runs", "one gives back", "two asks", "two runs", "two gives back");
    }

    @Test
    void admit_placeIsGone_givesTheAdmissionBackUntilThereIsAPlace() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Job job = submitWaiting(licensed);
        assertThat(told.take()).isEqualTo("licensed asks");
        Held held = new Held();
        submit(held);
        assertThat(told.take()).isEqualTo("held runs");

        licensed.granted.countDown();
        assertThat(told.take()).isEqualTo("licensed is dismissed");
        held.ends.countDown();
        assertThat(job.end().get()).isEqualTo(Phase.DONE);
        assertThat(told).containsExactly("licensed asks", "licensed runs", "licensed gives back");
    }

    @Test
    void admit_placeIsGoneEachTime_keepsItAtLast() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Job job = submitWaiting(licensed);
        for (int time = 0; time < Admissions.PATIENCE; time++) {
            assertThat(told.take()).isEqualTo("licensed asks");
            Held held = new Held();
            submit(held);
            assertThat(told.take()).isEqualTo("held runs");
            CountDownLatch granted = licensed.granted;
            licensed.granted = new CountDownLatch(1);
            granted.countDown();
            assertThat(told.take()).isEqualTo("licensed is dismissed");
            held.ends.countDown();
        }
        assertThat(told.take()).isEqualTo("licensed asks");
        Job local = submit(new Local("local"));
        scheduler.pause(false).get(); // after the events that came before
        assertThat(local.phase()).isEqualTo(Phase.READY);

        licensed.granted.countDown();
        assertThat(local.end().get()).isEqualTo(Phase.DONE);
        assertThat(job.phase()).isEqualTo(Phase.DONE);
        assertThat(told).containsExactly("licensed runs", "licensed gives back", "local runs");
    }

    @Test
    void submit_moreThanTheLimit_asksForNoMore() throws Exception {
        Licensed one = new Licensed("one");
        Licensed two = new Licensed("two");
        Licensed three = new Licensed("three");
        Job first = submitWaiting(one);
        submitWaiting(two);
        Job last = submitWaiting(three);
        assertThat(List.of(told.take(), told.take())).containsExactlyInAnyOrder("one asks", "two asks");
        one.granted.countDown();
        assertThat(first.end().get()).isEqualTo(Phase.DONE);
        assertThat(told.take()).isEqualTo("one runs");
        assertThat(told.take()).isEqualTo("one gives back");
        assertThat(told.take()).isEqualTo("three asks");
        three.granted.countDown();
        assertThat(last.end().get()).isEqualTo(Phase.DONE);
        two.granted.countDown();
    }

    @Test
    void submit_admissionThrows_failsTheJobAndFreesItsLimits() throws Exception {
        Licensed broken = new Licensed("broken");
        broken.failure = new IllegalStateException("no server");
        broken.granted.countDown();
        Job job = submit(broken);
        assertThat(job.end().get()).isEqualTo(Phase.FAILED);
        assertThat(job.problem()).hasMessage("no server");

        for (String name : List.of("next", "last")) {
            Licensed next = new Licensed(name);
            next.granted.countDown();
            assertThat(submit(next).end().get()).isEqualTo(Phase.DONE);
        }
    }

    @Test
    void depend_jobThatAsks_isDismissedAndAsksAgainLater() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Licensed other = new Licensed("other");
        Job asks = submitWaiting(licensed);
        assertThat(told.take()).isEqualTo("licensed asks");
        Job dependency = submit(other);
        assertThat(told.take()).isEqualTo("other asks");
        scheduler.depend(asks, dependency).get();
        licensed.granted.countDown();
        assertThat(told.take()).isEqualTo("licensed is dismissed");
        assertThat(asks.phase()).isEqualTo(Phase.WAITING);

        other.granted.countDown();
        assertThat(asks.end().get()).isEqualTo(Phase.DONE);
        assertThat(told)
                .containsExactly(
                        "other runs", "other gives back", "licensed asks", "licensed runs", "licensed gives back");
    }

    @Test
    void pause_jobThatAsks_holdsNothingUntilTheRunGoesOn() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Job job = submit(licensed);
        assertThat(told.take()).isEqualTo("licensed asks");
        assertThat(job.wantsAdmission()).isTrue();

        scheduler.pause(true).get();
        assertThat(job.wantsAdmission()).isFalse();
        licensed.granted.countDown();
        assertThat(told.take()).isEqualTo("licensed is dismissed");
        assertThat(job.phase()).isEqualTo(Phase.READY);

        scheduler.pause(false).get();
        assertThat(job.end().get()).isEqualTo(Phase.DONE);
        assertThat(told).containsExactly("licensed asks", "licensed runs", "licensed gives back");
    }

    /** The thread of the first turn waits on, and says only once that it has to. */
    @Test
    void pause_jobThatWaits_holdsNoPlaceAfterwards() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Job waits = submitWaiting(licensed);
        assertThat(told.take()).isEqualTo("licensed asks");
        scheduler.pause(true).get();
        scheduler.pause(false).get();

        assertThat(submit(new Local("local")).end().get()).isEqualTo(Phase.DONE);
        assertThat(waits.phase()).isEqualTo(Phase.READY);
        licensed.granted.countDown();
        assertThat(waits.end().get()).isEqualTo(Phase.DONE);
        assertThat(told).containsExactly("local runs", "licensed runs", "licensed gives back");
    }

    @Test
    void depend_jobThatWaits_holdsNoPlaceAfterItsDependency() throws Exception {
        Licensed licensed = new Licensed("licensed");
        Job waits = submitWaiting(licensed);
        assertThat(told.take()).isEqualTo("licensed asks");
        scheduler.depend(waits, submit(new Local("dependency"))).get();

        Job local = submit(new Local("local"));
        assertThat(local.end().get()).isEqualTo(Phase.DONE);
        licensed.granted.countDown();
        assertThat(waits.end().get()).isEqualTo(Phase.DONE);
        assertThat(told).startsWith("dependency runs", "local runs");
    }

    /** A job that keeps the place until it may end. */
    private final class Held extends Local {
        final CountDownLatch ends = new CountDownLatch(1);

        Held() {
            super("held");
        }

        @Override
        public Ending run() {
            Ending end = super.run();
            try {
                ends.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return end;
        }
    }

    @Test
    void end_lastAllowedFailure_jobThatAsksWantsNoAdmission() throws Exception {
        try (Scheduler failsFast = new Scheduler(RunClock.SYSTEM, threads, 1)) {
            Licensed asks = new Licensed("asks");
            Job job = new Job(asks, List.of());
            asks.mustWait = () -> failsFast.waitsForAdmission(job);
            failsFast.submit(job, Scheduler.Found.TO_RUN);
            assertThat(told.take()).isEqualTo("asks asks");
            Licensed fails = new Licensed("fails");
            fails.failure = new IllegalStateException("no server");
            fails.granted.countDown();
            Job failed = new Job(fails, List.of());
            failsFast.submit(failed, Scheduler.Found.TO_RUN);
            assertThat(failed.end().get()).isEqualTo(Phase.FAILED);

            assertThat(job.end().get()).isEqualTo(Phase.SKIPPED);
            assertThat(job.isWithheld()).isTrue();
            assertThat(job.wantsAdmission()).isFalse();
            asks.granted.countDown();
            assertThat(told.take()).isEqualTo("fails asks");
            assertThat(told.take()).isEqualTo("asks is dismissed");
        }
    }
}
