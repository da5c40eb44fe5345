package org.experimaestro.engine.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A job in the graph. Its state is confined to the scheduler's thread, but any thread may read {@link #phase},
 * {@link #dependencies}, {@link #problem}, {@link #priority}, {@link #wantsAdmission} and {@link #end}.
 */
public final class Job {
    /** The order of urgency: by priority, the largest first, then by the longest chain of jobs that are left. */
    static final Comparator<Job> URGENCY = (one, other) -> one.priority != other.priority
            ? Integer.compare(other.priority, one.priority)
            : Long.compare(other.left, one.left);

    /** The order in which ready jobs are started: by urgency, then by becoming ready. */
    static final Comparator<Job> ORDER = (one, other) -> {
        int urgency = URGENCY.compare(one, other);
        return urgency != 0 ? urgency : Long.compare(one.turn, other.turn);
    };

    private final Work work;
    private volatile List<Job> dependencies;
    private final List<Job> dependents = new ArrayList<>();
    private volatile CompletableFuture<Phase> end = new CompletableFuture<>();
    private volatile Phase phase = Phase.WAITING;
    private volatile @Nullable Throwable problem;

    /** The number of dependencies that are not done, including those that have failed. */
    private int missing;
    /** The number of dependencies that failed or were skipped. */
    private int lost;

    private boolean isDelayed;
    private volatile boolean isWithheld;
    /** The largest priority of the jobs that depend on this one. */
    private int inherited = Integer.MIN_VALUE;

    private volatile int priority = Integer.MIN_VALUE;
    /** The expected time of the longest chain of jobs that begins with this one. */
    private long left;
    /** The same while it is being computed: first without this job, at last with it. */
    private long behind;

    private long turn;
    private int moves;
    private int vainAdmissions;
    private List<Demand> demands = List.of();
    private List<Demand> taken = List.of();
    private List<Demand> needed = List.of();
    private Set<Limit> limits = Set.of();
    private volatile boolean wantsAdmission;
    private volatile Work.@Nullable Admission admission;

    /**
     * Creates a job that is not submitted yet.
     *
     * @param work the job's work
     * @param dependencies the jobs that have to be done before this one
     */
    public Job(Work work, List<Job> dependencies) {
        this.work = work;
        this.dependencies = List.copyOf(dependencies);
    }

    /**
     * Returns the job's work.
     *
     * @return the work
     */
    public Work work() {
        return work;
    }

    /**
     * Returns the jobs that have to be done before this one.
     *
     * @return an unmodifiable list; more jobs may be added until this one ends
     */
    public List<Job> dependencies() {
        return dependencies;
    }

    /**
     * Returns the job's phase.
     *
     * @return the phase at the time of the call, which may have changed since
     */
    public Phase phase() {
        return phase;
    }

    /**
     * Returns the exception that ended the job because of a mistake in the code that was to run it.
     *
     * @return the exception; {@code null} for a job that ended by itself, or was skipped
     */
    public @Nullable Throwable problem() {
        return problem;
    }

    /**
     * Returns the future of the job's end. A job that is tried again after its end gets a new future.
     *
     * @return a future that is completed with the last phase
     */
    public Future<Phase> end() {
        return end;
    }

    /**
     * Returns whether the job was ended before its turn, because the scheduler starts no more jobs.
     *
     * @return false for a job that was skipped because of a dependency
     */
    public boolean isWithheld() {
        return isWithheld;
    }

    void withhold() {
        isWithheld = true;
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

    /** Counts a dependency that is in the graph, and registers this job as its dependent. */
    void count(Job dependency) {
        if (dependency.phase != Phase.DONE) {
            missing++;
            lost += dependency.phase.isLost() && !dependency.isWithheld ? 1 : 0;
            dependency.dependents.add(this);
        }
    }

    /** Returns whether this job is another one, or waits for it, directly or through other jobs. */
    boolean isWaitingFor(Job other) {
        Deque<Job> pending = new ArrayDeque<>();
        Set<Job> seen = new HashSet<>();
        pending.add(this);
        while (!pending.isEmpty()) {
            Job next = pending.remove();
            if (next == other) {
                return true;
            }
            if (next.phase() != Phase.DONE && seen.add(next)) {
                pending.addAll(next.dependencies());
            }
        }
        return false;
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

    boolean isDelayed() {
        return isDelayed;
    }

    void setDelayed(boolean delayed) {
        isDelayed = delayed;
    }

    // ---- its urgency ----

    /** Returns whether a job that depends on this one has a larger priority. */
    boolean isLessUrgent(Job dependent) {
        return priority < dependent.priority;
    }

    /** Raises the priority to that of a job which depends on this one. */
    void inherit(int another) {
        inherited = another;
        priority = another;
    }

    /** Sets the job's own priority; that of a more urgent job which depends on this one counts more. */
    void setPriority(int own) {
        priority = Math.max(own, inherited);
    }

    /**
     * Returns how urgent the job is.
     *
     * @return its own priority, or that of a more urgent job that depends on it
     */
    public int priority() {
        return priority;
    }

    /** Returns the expected time of the longest chain of jobs that begins with this one. */
    long left() {
        return left;
    }

    void setLeft(long time) {
        left = time;
    }

    long behind() {
        return behind;
    }

    void setBehind(long time) {
        behind = time;
    }

    // ---- its turn ----

    /** Begins a wait for limits: reads the priority and the demands of the work. */
    void prepare(long newTurn) {
        moves = 0;
        vainAdmissions = 0;
        turn = newTurn;
        setPriority(work.priority());
        demands = combine(work.demands());
        taken = List.of();
        need(demands);
    }

    private void need(List<Demand> left) {
        needed = left;
        limits = limits(left);
    }

    /** Returns one demand for each limit, with the sum of its amounts. */
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

    /** Returns the demands that it has taken from their limits. */
    List<Demand> taken() {
        return taken;
    }

    /** Returns the demands that it has not taken yet. */
    List<Demand> needed() {
        return needed;
    }

    /** Returns whether it needs an admission before it starts. */
    boolean needsAdmission() {
        for (Demand demand : needed) {
            if (demand.limit().isByAdmission()) {
                return true;
            }
        }
        return false;
    }

    /** Records that it has taken all that it needs. */
    void takeAll() {
        taken = demands;
        need(List.of());
    }

    /** Records that it has given back all but the limits that need an admission. */
    void letGo() {
        taken = demands.stream()
                .filter(demand -> demand.limit().isByAdmission())
                .toList();
        need(demands.stream().filter(demand -> !demand.limit().isByAdmission()).toList());
    }

    /** Returns how often it was admitted in vain, since it had no room any longer. */
    int vainAdmissions() {
        return vainAdmissions;
    }

    void countVainAdmission() {
        vainAdmissions++;
    }

    /** Records that it has given back what it had taken. */
    void giveBack() {
        if (!taken.isEmpty()) {
            taken = List.of();
            need(demands);
        }
    }

    /**
     * Returns whether an admission is of use to the job now.
     *
     * @return false for a job that had to leave its turn, because its run is paused for example
     */
    public boolean wantsAdmission() {
        return wantsAdmission;
    }

    void wantAdmission(boolean wanted) {
        wantsAdmission = wanted;
    }

    /** Runs one try, with the admission if the job has one. */
    Ending run() {
        Work.@Nullable Admission admitted = admission;
        return admitted == null ? work.run() : admitted.run();
    }

    /** Returns the admission for the next try; {@code null} if the job has or needs none. */
    Work.@Nullable Admission admission() {
        return admission;
    }

    void setAdmission(Work.@Nullable Admission given) {
        admission = given;
    }

    /** Returns the limits of the demands that it has not taken yet. */
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

    /** Returns how often the job has moved from the line of one limit to that of another. */
    int moves() {
        return moves;
    }

    void countMove() {
        moves++;
    }
}
