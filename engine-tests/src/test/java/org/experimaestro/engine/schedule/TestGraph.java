package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.experimaestro.testkit.ManualClock;
import org.jspecify.annotations.Nullable;

/**
 * A graph of jobs with names, whose ends the test decides: {@code graph.job("b").after("a").submit()}. Each call returns
 * when the scheduler has nothing left to do, so that a test forces the order of all events.
 */
final class TestGraph implements AutoCloseable {
    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Runnable> running = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Ending> ends = new HashMap<>();
    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> expired = new ArrayList<>();
    private final ManualClock clock = ManualClock.at(Instant.parse("2026-11-28T12:00:00Z"));
    private final Function<String, List<Demand>> demands;
    private final Scheduler scheduler;
    private volatile String lastStarted = "";
    private volatile @Nullable Error observerMistake;
    private volatile @Nullable RuntimeException executorMistake;

    TestGraph(int slots) {
        this(same(new Limit("slots", slots)));
    }

    /** With limits that depend on the job. */
    TestGraph(Function<String, List<Demand>> demands) {
        this(demands, Long.MAX_VALUE);
    }

    private TestGraph(Function<String, List<Demand>> demands, long mostFailures) {
        this.demands = demands;
        scheduler = new Scheduler(clock, this::hold, mostFailures);
    }

    /** Starts no more jobs after so many failures. */
    static TestGraph failing(int slots, long mostFailures) {
        return new TestGraph(same(new Limit("slots", slots)), mostFailures);
    }

    private static Function<String, List<Demand>> same(Limit limit) {
        return job -> List.of(new Demand(limit, 1));
    }

    /** Four jobs: left and right wait for top, join for both. */
    static TestGraph diamond() {
        TestGraph graph = new TestGraph(4);
        graph.job("top").submit();
        graph.job("left").after("top").submit();
        graph.job("right").after("top").submit();
        graph.job("join").after("left", "right").submit();
        return graph;
    }

    Draft job(String name) {
        return new Draft(name);
    }

    /** A job that is not submitted yet. */
    final class Draft implements Work {
        private final String name;
        private final List<Job> dependencies = new ArrayList<>();
        private Scheduler.Found found = Scheduler.Found.TO_RUN;
        private int priority;
        private long expected;
        private @Nullable Duration limit;

        private Draft(String name) {
            this.name = name;
        }

        Draft after(String... names) {
            for (String dependency : names) {
                dependencies.add(jobs.get(dependency));
            }
            return this;
        }

        Draft foundRunning() {
            found = Scheduler.Found.RUNNING;
            return this;
        }

        Draft foundEnded(boolean well) {
            found = well ? Scheduler.Found.DONE : Scheduler.Found.FAILED;
            return this;
        }

        Draft priority(int urgency) {
            priority = urgency;
            return this;
        }

        Draft expected(long time) {
            expected = time;
            return this;
        }

        Draft timeLimit(Duration time) {
            limit = time;
            return this;
        }

        void submit() {
            Job job = new Job(this, dependencies);
            jobs.put(name, job);
            scheduler.submit(job, found);
            settle();
        }

        @Override
        public List<Demand> demands() {
            return demands.apply(name);
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public long expected() {
            return expected;
        }

        @Override
        public Optional<Duration> timeLimit() {
            return Optional.ofNullable(limit);
        }

        @Override
        public void expire() {
            expired.add(name);
        }

        @Override
        public Ending run() {
            Ending end = ends.remove(name);
            if (end == null) {
                throw new IllegalStateException("nobody said how " + name + " ends");
            }
            return end;
        }

        @Override
        public void changed(Phase phase) {
            changes.add(name + " " + phase);
            lastStarted = name;
            Error thrown = observerMistake;
            if (thrown != null) {
                throw thrown;
            }
        }
    }

    /** The job ends well. */
    void succeed(String name) {
        end(name, new Ending.Done());
    }

    /** The job ends badly. */
    void fail(String name) {
        end(name, new Ending.Failed());
    }

    /** The try fails, and there is to be another one later. */
    void postpone(String name, Duration delay) {
        end(name, new Ending.Again(delay));
    }

    /** The runner of the job throws, since nobody said how it ends. */
    void breakDown(String name) {
        running.remove(name).run();
        settle();
    }

    /** Somebody asks for another try. */
    RetryAnswer retry(String name) {
        return get(scheduler.retry(jobs.get(name)));
    }

    /** A dependency appears. */
    void depend(String name, String on) throws ExecutionException {
        try {
            scheduler.depend(jobs.get(name), jobs.get(on)).get();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        settle();
    }

    /** Starts no jobs, or starts them again; returns whether that can have an effect. */
    boolean pause(boolean paused) {
        boolean counts = get(scheduler.pause(paused));
        settle();
        return counts;
    }

    /** Changes the part of a shared limit, and returns its use. */
    LimitUse share(Limit limit, long size) {
        return get(scheduler.share(limit, size));
    }

    /** Whether the job was ended because no more jobs are started. */
    boolean isWithheld(String name) {
        return jobs.get(name).isWithheld();
    }

    void resize(Limit limit, long size) {
        scheduler.resize(limit, size);
        settle();
    }

    /** Completed when all jobs have ended. */
    Future<Void> end() {
        Future<Void> end = scheduler.end();
        settle();
        return end;
    }

    void advance(Duration time) {
        clock.advance(time);
        settle();
    }

    ManualClock clock() {
        return clock;
    }

    /** The jobs whose time was over. */
    List<String> expired() {
        return expired;
    }

    /** What the observer throws at each call, from now on. */
    void breakObserver(Error thrown) {
        observerMistake = thrown;
    }

    /** What the executor throws when it is given a job, from now on; with {@code null}, it takes them again. */
    void breakExecutor(@Nullable RuntimeException thrown) {
        executorMistake = thrown;
    }

    @Nullable
    Throwable problem(String name) {
        return jobs.get(name).problem();
    }

    private void end(String name, Ending ending) {
        ends.put(name, ending);
        running.remove(name).run();
        settle();
    }

    /** The jobs in the hands of the executor, in the order of their start. */
    List<String> running() {
        synchronized (running) {
            return List.copyOf(running.keySet());
        }
    }

    Phase phase(String name) {
        return jobs.get(name).phase();
    }

    boolean hasEnded(String name) {
        return jobs.get(name).end().isDone();
    }

    /** All that the observer was told: {@code name PHASE}. */
    List<String> changes() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    /** Keeps a body for the test: that of the job whose phase has just become running, or else of a job that has expired. */
    private void hold(Runnable body) {
        RuntimeException thrown = executorMistake;
        if (thrown != null) {
            throw thrown;
        }
        if (running.putIfAbsent(lastStarted, body) != null) {
            body.run();
        }
    }

    /** Events are handled in their order: when one is through that changes nothing, so is all before it. */
    private void settle() {
        get(scheduler.retry(new Job(new Fence(), List.of())));
    }

    /** A job that does nothing. */
    private record Fence() implements Work {
        @Override
        public List<Demand> demands() {
            return List.of();
        }

        @Override
        public Ending run() {
            return new Ending.Done();
        }

        @Override
        public void changed(Phase phase) {}
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError("The scheduler does not answer", failed);
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
