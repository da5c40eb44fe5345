package org.experimaestro.engine.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A job in the graph. Its state belongs to the scheduler's thread; {@link #phase} may be read by any.
 *
 * @param <J> what the job is, for those who run it
 * @param <R> how it ended, for those who wait for it
 */
public final class Job<J, R> {
    private final J content;
    private final List<Job<J, R>> dependencies;
    private final List<Job<J, R>> dependents = new ArrayList<>();
    private final CompletableFuture<Phase> end = new CompletableFuture<>();
    private volatile Phase phase = Phase.WAITING;
    private volatile @Nullable R result;
    private volatile @Nullable Throwable problem;
    private int unfinished;

    /**
     * A job that is not submitted yet.
     *
     * @param content what it is
     * @param dependencies jobs that have to be done before
     */
    public Job(J content, List<Job<J, R>> dependencies) {
        this.content = content;
        this.dependencies = List.copyOf(dependencies);
    }

    /**
     * What the job is.
     *
     * @return the content
     */
    public J content() {
        return content;
    }

    /**
     * The jobs that have to be done before.
     *
     * @return unmodifiable
     */
    public List<Job<J, R>> dependencies() {
        return dependencies;
    }

    /**
     * Where it is.
     *
     * @return the phase, which may be over when it is returned
     */
    public Phase phase() {
        return phase;
    }

    /**
     * How it ended.
     *
     * @return {@code null} before its end, and for a job that was skipped
     */
    public @Nullable R result() {
        return result;
    }

    /**
     * The exception that ended the job, where the code that was to run it has a mistake.
     *
     * @return {@code null} for a job that has a result, or was skipped
     */
    public @Nullable Throwable problem() {
        return problem;
    }

    /**
     * Its end.
     *
     * @return completed with the last phase
     */
    public Future<Phase> end() {
        return end;
    }

    List<Job<J, R>> dependents() {
        return dependents;
    }

    void move(Phase.Event event, @Nullable R how) {
        result = how;
        phase = phase.after(event);
    }

    void setProblem(@Nullable Throwable thrown) {
        problem = thrown;
    }

    void completeEnd() {
        end.complete(phase);
    }

    void setUnfinished(int count) {
        unfinished = count;
    }

    int countDown() {
        return --unfinished;
    }
}
