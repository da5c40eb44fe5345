package org.experimaestro.engine.schedule;

import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ready jobs that need the same limits, in their order. Only the first one stands in line for a limit; so however many
 * jobs are ready, no event looks at more than the first of each lane that it concerns. Confined to the scheduler's thread.
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

    /** The limits that its jobs need. */
    Set<Limit> limits() {
        return limits;
    }

    /** The limits where it stands in line. */
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

    /** Not to be called when the first job has changed: a line is sorted by it. */
    void leaveLines() {
        lines.forEach(limit -> limit.line().remove(this));
        lines = Set.of();
    }

    /** Whether there is no lane before this one in any line where it stands. */
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
