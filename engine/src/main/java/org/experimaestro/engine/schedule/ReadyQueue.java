package org.experimaestro.engine.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that start as soon as all their limits have room. Confined to the scheduler's thread.
 *
 * <p>A job takes all that it needs at once, or nothing. It stands in line for the first limit that has no room for it.
 * Jobs that need this limit too, and come later in the order, wait behind it, however little they need. Other jobs
 * overtake it, because no room of other limits is kept for it. When its turn has come and another limit has no room,
 * the job moves to its place in that limit's line. A job that has moved {@value #PATIENCE} times stands in line for all
 * its limits from then on. So no job waits forever for jobs that come later.
 *
 * <p>A job that needs an admission, and has room everywhere, takes all that it needs, and leaves the queue to ask for it. If
 * it has to wait for the answer, it {@linkplain #letGo lets go} of the rest, so that it stops nobody. Once it is admitted, it
 * starts, or has no room any longer.
 *
 * <p>The order is by priority, then by the longest chain of jobs that are left, then by becoming ready.
 */
final class ReadyQueue {
    static final int PATIENCE = 3;

    private final Consumer<Job> starter;
    private final Consumer<Job> asker;
    private final Map<Set<Limit>, Lane> lanes = new HashMap<>();
    /** The jobs that came, or waited, while the queue starts none. */
    private final Set<Job> held = new LinkedHashSet<>();

    private boolean isHeld;
    /** The limits whose lines may move. */
    private final Deque<Limit> moved = new ArrayDeque<>();

    private boolean settling;

    /** The jobs that have come during {@link #together}. */
    private final Set<Job> gathered = new LinkedHashSet<>();

    private boolean isGathering;

    /**
     * Creates an empty queue.
     *
     * @param starter the action that starts a job whose demands have been taken; it throws nothing
     * @param asker the action that asks for the admission of a job whose demands have been taken; it throws nothing
     */
    ReadyQueue(Consumer<Job> starter, Consumer<Job> asker) {
        this.starter = starter;
        this.asker = asker;
    }

    /** Starts a ready job, or puts it in line if its limits have no room. */
    void add(Job job) {
        if (isGathering) {
            gathered.add(job);
            return;
        }
        if (isHeld) {
            held.add(job);
            return;
        }
        if (job.limits().isEmpty()) {
            starter.accept(job);
            return;
        }
        Lane lane = lanes.computeIfAbsent(job.limits(), Lane::new);
        if (lane.jobs().isEmpty() || Job.ORDER.compare(job, lane.first()) < 0) {
            leaveLines(lane);
            lane.jobs().add(job);
            advance(lane);
        } else {
            lane.jobs().add(job);
        }
        settle();
    }

    /** Removes a job that must not start now, if it is in the queue. */
    void remove(Job job) {
        if (gathered.remove(job) || held.remove(job)) {
            return;
        }
        Lane lane = lanes.get(job.limits());
        if (lane == null || !lane.jobs().contains(job)) {
            return;
        }
        if (lane.first() == job) {
            leaveLines(lane);
            lane.jobs().remove(job);
            advance(lane);
        } else {
            lane.jobs().remove(job);
        }
        settle();
    }

    /**
     * Makes changes, and starts jobs only then. So of the jobs that become ready together, and those that have waited for what
     * is given back, the most urgent ones come first.
     */
    void together(Runnable changes) {
        isGathering = true;
        try {
            changes.run();
        } finally {
            isGathering = false;
            List<Job> jobs = new ArrayList<>(gathered);
            gathered.clear();
            jobs.sort(Job.ORDER);
            settling = true;
            try {
                jobs.forEach(this::add);
            } finally {
                settling = false;
            }
            settle();
        }
    }

    /** Starts no job until {@link #release}. Jobs that become ready meanwhile are kept. */
    void hold() {
        isHeld = true;
        for (Lane lane : lanes.values()) {
            lane.leaveLines();
            held.addAll(lane.jobs());
            lane.jobs().clear();
        }
        lanes.clear();
        moved.clear();
    }

    /** Starts jobs again, in their order. */
    void release() {
        isHeld = false;
        List<Job> jobs = new ArrayList<>(held);
        held.clear();
        jobs.sort(Job.ORDER);
        jobs.forEach(this::add);
    }

    /** Changes the place of a job in the order, if it is in the queue. */
    void reorder(Job job, Runnable change) {
        Lane lane = lanes.get(job.limits());
        if (lane == null || !lane.jobs().contains(job)) {
            change.run();
            return;
        }
        leaveLines(lane);
        lane.jobs().remove(job);
        change.run();
        lane.jobs().add(job);
        advance(lane);
        settle();
    }

    /** Changes the places of any jobs in the order. No job starts before the change is complete. */
    void reorderAll(Runnable change) {
        boolean wasHeld = isHeld;
        hold();
        change.run();
        if (!wasHeld) {
            release();
        }
    }

    /** Returns the jobs that are kept, while the queue starts none. */
    Set<Job> held() {
        return held;
    }

    /**
     * Returns the number of jobs that would start if a limit had room for all of them, and at most its whole quantity.
     * Those that other limits hold back do not count, so that nothing is kept for them elsewhere.
     */
    long waiting(Limit limit) {
        Map<Limit, Long> taken = new HashMap<>();
        long waiting = 0;
        List<Lane> found = lanes.values().stream()
                .filter(lane -> lane.limits().contains(limit))
                .sorted()
                .toList();
        for (Lane lane : found) {
            for (Job job : lane.jobs()) {
                if (waiting >= limit.whole() || !hasOtherRoom(job, limit, taken)) {
                    break; // the jobs behind it wait for it
                }
                job.needed().forEach(demand -> taken.merge(demand.limit(), demand.amount(), Long::sum));
                waiting++;
            }
        }
        return waiting;
    }

    private static boolean hasOtherRoom(Job job, Limit limit, Map<Limit, Long> taken) {
        for (Demand demand : job.needed()) {
            Limit other = demand.limit();
            if (other != limit && !other.hasRoom(demand.amount(), taken.getOrDefault(other, 0L))) {
                return false;
            }
        }
        return true;
    }

    /** Takes the demands of a job from its limits, even if there is no room, as for a job that runs already. */
    void take(Job job) {
        for (Demand demand : job.needed()) {
            demand.limit().take(demand.amount());
        }
        job.takeAll();
    }

    /**
     * Gives back what a job has taken, but for the limits that need the admission for which it waits. No job starts before
     * {@link #settle}.
     */
    void letGo(Job job) {
        for (Demand demand : job.taken()) {
            if (!demand.limit().isByAdmission()) {
                demand.limit().giveBack(demand.amount());
                moved.add(demand.limit());
            }
        }
        job.letGo();
    }

    /** Starts a job that is admitted, if it has what it needs, or there is room for that now; returns whether it does. */
    boolean startAdmitted(Job job) {
        if (findObstacle(job) != null) {
            return false;
        }
        take(job);
        starter.accept(job);
        return true;
    }

    /** Gives the demands that a job has taken back to its limits. No job starts before {@link #settle}. */
    void giveBack(Job job) {
        for (Demand demand : job.taken()) {
            demand.limit().giveBack(demand.amount());
            moved.add(demand.limit());
        }
        job.giveBack();
    }

    void resize(Limit limit, long size) {
        limit.resize(size);
        moved.add(limit);
        settle();
    }

    /** Starts the jobs for which there is room now. */
    void settle() {
        if (settling || isGathering) {
            return; // such as of a job that could not be started, and has given back what it had
        }
        settling = true;
        try {
            for (Limit limit = moved.poll(); limit != null; limit = moved.poll()) {
                moveUp(limit);
            }
        } finally {
            settling = false;
        }
    }

    private void moveUp(Limit limit) {
        while (!limit.line().isEmpty()) {
            Lane lane = limit.line().first();
            Job job = lane.first();
            if (!limit.hasRoom(job.amount(limit)) || isPatienceOver(job) && !isFree(lane)) {
                return;
            }
            leaveLines(lane);
            if (findObstacle(job) != null) {
                job.countMove();
            }
            advance(lane);
        }
    }

    private static boolean isPatienceOver(Job job) {
        return job.moves() >= PATIENCE;
    }

    private static boolean isFree(Lane lane) {
        if (!lane.isFirstInLine()) {
            return false;
        }
        for (Demand demand : lane.first().needed()) {
            if (!demand.limit().hasRoom(demand.amount())) {
                return false;
            }
        }
        return true;
    }

    /** Starts the jobs of a lane that stands in no line, as long as there is room. Then the lane lines up. */
    private void advance(Lane lane) {
        while (!lane.jobs().isEmpty()) {
            Job job = lane.first();
            Limit obstacle = findObstacle(job);
            if (obstacle != null) {
                if (isPatienceOver(job)) {
                    lane.lineUpEverywhere();
                } else {
                    lane.lineUp(obstacle);
                }
                return;
            }
            lane.jobs().remove(job);
            boolean mustAsk = job.needsAdmission();
            take(job);
            (mustAsk ? asker : starter).accept(job);
        }
        lanes.remove(lane.limits());
    }

    /** Returns the first limit that has no room, or where another lane comes before; {@code null} if there is none. */
    private static @Nullable Limit findObstacle(Job job) {
        for (Demand demand : job.needed()) {
            Limit limit = demand.limit();
            if (!limit.hasRoom(demand.amount())
                    || !limit.line().isEmpty()
                            && Job.ORDER.compare(limit.line().first().first(), job) < 0) {
                return limit;
            }
        }
        return null;
    }

    private void leaveLines(Lane lane) {
        moved.addAll(lane.lines());
        lane.leaveLines();
    }
}
