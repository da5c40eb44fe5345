package org.experimaestro.engine.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
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
 * <p>A job with shared limits that has room everywhere takes only those, and leaves the queue to ask for its admission. So
 * it holds no place, and stops nobody. Once it is admitted, it comes back for the rest.
 *
 * <p>The order is by priority, then by becoming ready.
 */
final class ReadyQueue {
    static final int PATIENCE = 3;

    private final Consumer<Job> starter;
    private final Consumer<Job> asker;
    private final Map<Set<Limit>, Lane> lanes = new HashMap<>();
    /** The limits whose lines may move. */
    private final Deque<Limit> moved = new ArrayDeque<>();

    private boolean settling;

    /**
     * Creates an empty queue.
     *
     * @param starter the action that starts a job whose demands have been taken; it throws nothing
     * @param asker the action that asks for the admission of a job whose shared demands have been taken; it throws
     *     nothing
     */
    ReadyQueue(Consumer<Job> starter, Consumer<Job> asker) {
        this.starter = starter;
        this.asker = asker;
    }

    /** Starts a ready job, or puts it in line if its limits have no room. */
    void add(Job job) {
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

    /** Takes the demands of a job from its limits, even if there is no room, as for a job that runs already. */
    void take(Job job) {
        take(job, false);
    }

    private static void take(Job job, boolean onlyShared) {
        int before = job.taken().size();
        job.take(onlyShared);
        for (Demand demand : job.taken().subList(before, job.taken().size())) {
            demand.limit().take(demand.amount());
        }
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
        if (settling) {
            return; // a job could not be started, and has given back what it had
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
            if (job.needsAdmission()) {
                take(job, true);
                asker.accept(job);
            } else {
                take(job);
                starter.accept(job);
            }
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
