package org.experimaestro.engine.schedule;

import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ready jobs that need the same limits, in order. Only the first one stands in line for a limit. So an event visits
 * only the first job of each lane that it concerns, however many jobs are ready. Confined to the scheduler's thread.
 */
final class Lane implements Comparable<Lane> {
    private final Set<Limit> limits;
    private final NavigableSet<Job> jobs = new TreeSet<>(Job.ORDER);
    private Set<Limit> lines = Set.of();

    Lane(Set<Limit> limits) {
        this.limits = limits;
    }

    NavigableSet<Job> jobs() {
        return jobs;
    }

    Job first() {
        return jobs.first();
    }

    /** Returns the limits that its jobs need. */
    Set<Limit> limits() {
        return limits;
    }

    /** Returns the limits where the lane stands in line. */
    Set<Limit> lines() {
        return lines;
    }

    void lineUp(Limit limit) {
        lineUp(Set.of(limit));
    }

    void lineUpEverywhere() {
        lineUp(limits);
    }

    private void lineUp(Set<Limit> where) {
        lines = where;
        where.forEach(limit -> limit.line().add(this));
    }

    /**
     * Leaves all lines. The first job must not have changed since the lane lined up, because lines are sorted by it.
     */
    void leaveLines() {
        lines.forEach(limit -> limit.line().remove(this));
        lines = Set.of();
    }

    /** Returns whether this lane is the first one in each line where it stands. */
    boolean isFirstInLine() {
        for (Limit limit : lines) {
            if (limit.line().first() != this) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Lane other) {
        return Job.ORDER.compare(first(), other.first());
    }
}
