package org.experimaestro.engine.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A graph of jobs with names, whose ends the test decides: {@code graph.job("b").after("a").submit()}. Each call returns
 * when the scheduler has nothing left to do, so that a test forces the order of all events.
 */
final class TestGraph implements AutoCloseable {
    private static final String FENCE = "fence";

    private final Map<String, Job<String, Boolean>> jobs = new HashMap<>();
    private final Map<String, Runnable> running = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, @Nullable Boolean> ends = new HashMap<>();
    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final Scheduler<String, Boolean> scheduler;
    private volatile String lastStarted = "";
    private volatile @Nullable Error observerMistake;
    private volatile @Nullable RuntimeException executorMistake;

    TestGraph(int slots) {
        this(same(new Slots<>(slots)));
    }

    /** With limits that depend on the job. */
    TestGraph(Function<String, Scheduler.Capacity<String>> capacities) {
        scheduler = new Scheduler<>(capacities, this::run, Boolean::booleanValue, this::observe, this::hold);
    }

    private static Function<String, Scheduler.Capacity<String>> same(Scheduler.Capacity<String> limit) {
        return job -> limit;
    }

    Draft job(String name) {
        return new Draft(name);
    }

    /** A job that is not submitted yet. */
    final class Draft {
        private final String name;
        private final List<Job<String, Boolean>> dependencies = new ArrayList<>();
        private Scheduler.Found found = Scheduler.Found.TO_RUN;
        private @Nullable Boolean result;

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
            found = Scheduler.Found.ENDED;
            result = well;
            return this;
        }

        void submit() {
            Job<String, Boolean> job = new Job<>(name, dependencies);
            jobs.put(name, job);
            scheduler.submit(job, found, result);
            settle();
        }
    }

    /** The job ends well. */
    void succeed(String name) {
        end(name, true);
    }

    /** The job ends badly. */
    void fail(String name) {
        end(name, false);
    }

    /** The runner of the job throws, since nobody said how it ends. */
    void breakDown(String name) {
        running.remove(name).run();
        settle();
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

    private void end(String name, boolean well) {
        ends.put(name, well);
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

    private Boolean run(Job<String, Boolean> job) {
        Boolean end = ends.get(job.content());
        if (end == null) {
            throw new IllegalStateException("nobody said how " + job.content() + " ends");
        }
        return end;
    }

    private void observe(Job<String, Boolean> job) {
        if (!job.content().equals(FENCE)) {
            changes.add(job.content() + " " + job.phase());
            lastStarted = job.content();
        }
        Error thrown = observerMistake;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void hold(Runnable body) {
        RuntimeException thrown = executorMistake;
        if (thrown != null) {
            throw thrown;
        }
        running.put(lastStarted, body);
    }

    /** Events are handled in their order: when a job that has ended already is through, so is all before it. */
    private void settle() {
        Job<String, Boolean> fence = new Job<>(FENCE, List.of());
        scheduler.submit(fence, Scheduler.Found.ENDED, true);
        try {
            fence.end().get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError("The scheduler does not answer", failed);
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
