package org.experimaestro.engine.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A job in the graph. Its state belongs to the scheduler's thread; {@link #phase}, {@link #dependencies}, {@link #problem} and
 * {@link #end} may be read by any.
 */
public final class Job {
    /** The order in which jobs that are ready are started. */
    static final Comparator<Job> ORDER = (one, other) -> one.priority != other.priority
            ? Integer.compare(other.priority, one.priority)
            : Long.compare(one.turn, other.turn);

    private final Work work;
    private volatile List<Job> dependencies;
    private final List<Job> dependents = new ArrayList<>();
    private volatile CompletableFuture<Phase> end = new CompletableFuture<>();
    private volatile Phase phase = Phase.WAITING;
    private volatile @Nullable Throwable problem;

    /** Dependencies that are not done, whether they have ended or not. */
    private int missing;
    /** Dependencies that failed or were skipped. */
    private int lost;

    private boolean isDelayed;
    private int priority;
    private long turn;
    private int moves;
    private List<Demand> demands = List.of();
    private Set<Limit> limits = Set.of();

    /**
     * A job that is not submitted yet.
     *
     * @param work what it does
     * @param dependencies jobs that have to be done before
     */
    public Job(Work work, List<Job> dependencies) {
        this.work = work;
        this.dependencies = List.copyOf(dependencies);
    }

    /**
     * Returns what the job does.
     *
     * @return the work
     */
    public Work work() {
        return work;
    }

    /**
     * Returns the jobs that have to be done before.
     *
     * @return unmodifiable; more may appear until the job ends
     */
    public List<Job> dependencies() {
        return dependencies;
    }

    /**
     * Returns where the job is.
     *
     * @return the phase, which may be over when it is returned
     */
    public Phase phase() {
        return phase;
    }

    /**
     * Returns the exception that ended the job, where the code that was to run it has a mistake.
     *
     * @return {@code null} for a job that has ended by itself, or was skipped
     */
    public @Nullable Throwable problem() {
        return problem;
    }

    /**
     * Returns the job's end. A job that is tried again after its end has another one.
     *
     * @return completed with the last phase
     */
    public Future<Phase> end() {
        return end;
    }

    List<Job> dependents() {
        return dependents;
    }

    void move(Phase.Event event) {
        phase = phase.after(event);
    }

    void setProblem(@Nullable Throwable thrown) {
        problem = thrown;
    }

    void completeEnd() {
        end.complete(phase);
    }

    void renewEnd() {
        end = new CompletableFuture<>();
    }

    // ---- dependencies ----

    void addDependency(Job another) {
        List<Job> more = new ArrayList<>(dependencies);
        more.add(another);
        dependencies = List.copyOf(more);
    }

    /** Counts a dependency that is in the graph, and has the job learn of what becomes of it. */
    void count(Job dependency) {
        if (dependency.phase != Phase.DONE) {
            missing++;
            lost += dependency.phase.isLost() ? 1 : 0;
            dependency.dependents.add(this);
        }
    }

    void dependencyDone() {
        missing--;
    }

    void dependencyLost() {
        lost++;
    }

    void dependencyRevived() {
        lost--;
    }

    boolean isDoomed() {
        return lost > 0;
    }

    boolean isBlocked() {
        return missing > 0 || isDelayed;
    }

    void setDelayed(boolean delayed) {
        isDelayed = delayed;
    }

    // ---- its turn ----

    /** Asks the work what it needs. */
    void prepare(long newTurn) {
        moves = 0;
        turn = newTurn;
        priority = work.priority();
        demands = combine(work.demands());
        limits = limits(demands);
    }

    /** One demand for each limit. */
    private static List<Demand> combine(List<Demand> demands) {
        if (demands.size() < 2) {
            return List.copyOf(demands);
        }
        Map<Limit, Demand> combined = new LinkedHashMap<>();
        for (Demand demand : demands) {
            combined.merge(
                    demand.limit(), demand, (one, other) -> new Demand(one.limit(), one.amount() + other.amount()));
        }
        return List.copyOf(combined.values());
    }

    private static Set<Limit> limits(List<Demand> demands) {
        Limit[] limits = new Limit[demands.size()];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = demands.get(i).limit();
        }
        return Set.of(limits);
    }

    List<Demand> demands() {
        return demands;
    }

    Set<Limit> limits() {
        return limits;
    }

    long amount(Limit limit) {
        for (Demand demand : demands) {
            if (demand.limit() == limit) {
                return demand.amount();
            }
        }
        return 0;
    }

    /** How often it has gone from one line to another. */
    int moves() {
        return moves;
    }

    void countMove() {
        moves++;
    }
}
