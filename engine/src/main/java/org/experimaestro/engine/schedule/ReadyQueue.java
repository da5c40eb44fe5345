package org.experimaestro.engine.schedule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that may run as soon as all their limits have room. Confined to the scheduler's thread.
 *
 * <p>The rule: a job takes all that it needs, or nothing. It stands in line for the first limit where it has no room; those
 * that need this limit too, and come later in the order, wait behind it, however little they need. Others pass by, since
 * what the job needs of other limits is not kept for it. When its turn has come and another limit has no room then, it goes
 * over to the line of that one, where its place is still that of the order. A job that had to go over {@value #PATIENCE}
 * times stands in line for all its limits from then on. So no job waits for ever for those that come later.
 *
 * <p>The order is by priority, then by becoming ready.
 */
final class ReadyQueue {
    static final int PATIENCE = 3;

    private final Consumer<Job> starter;
    private final Map<Set<Limit>, Lane> lanes = new HashMap<>();
    /** Limits whose line may move. */
    private final Deque<Limit> moved = new ArrayDeque<>();

    private boolean settling;

    /**
     * An empty queue.
     *
     * @param starter starts a job whose demands have been taken; throws nothing
     */
    ReadyQueue(Consumer<Job> starter) {
        this.starter = starter;
    }

    /** Starts a ready job, or has it wait. */
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

    /** Takes a job out that is not to start now. */
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

    /** Counts a job that runs already, whether there is room or not. */
    void take(Job job) {
        job.demands().forEach(demand -> demand.limit().take(demand.amount()));
    }

    /** Gives back what a job had. Nothing is started before {@link #settle}. */
    void giveBack(Job job) {
        for (Demand demand : job.demands()) {
            demand.limit().giveBack(demand.amount());
            moved.add(demand.limit());
        }
    }

    void resize(Limit limit, long size) {
        limit.resize(size);
        moved.add(limit);
        settle();
    }

    /** Starts what has room now. */
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
        for (Demand demand : lane.first().demands()) {
            if (!demand.limit().hasRoom(demand.amount())) {
                return false;
            }
        }
        return true;
    }

    /** Starts the jobs of a lane that stands in no line, as long as there is room. */
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
            take(job);
            starter.accept(job);
        }
        lanes.remove(lane.limits());
    }

    /** The first limit that has no room, or where another one comes before. */
    private static @Nullable Limit findObstacle(Job job) {
        for (Demand demand : job.demands()) {
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
