package org.experimaestro.workspace;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a run's jobs. At the end of the run, each job that it submitted is in exactly one count, however often it
 * was submitted or tried. The run's last lines, its description and its exit status are made of these counts.
 */
public enum JobCount {
    /** The job is done, by an attempt of this run. */
    EXECUTED("executed", "executed", true),
    /** The job is done, by an attempt of another run that ended after this run had submitted the job. */
    EXECUTED_BY_ANOTHER("executed by another run", "executedByAnotherRun", true),
    /** The job was done when this run submitted it. */
    DONE_BEFORE("done before", "doneBefore", true),
    /** The job failed or was cancelled, it could not be started, or its files cannot be read. */
    FAILED("failed", "failed", false),
    /** The job was not run, because a job that it depends on is not done. */
    SKIPPED("skipped", "skipped", false),
    /** The job goes on without this run: the run was stopped or detached, or it cannot ask for the job's end. */
    LEFT("left", "left", false),
    /** The run was stopped before the job's turn, it starts no jobs, or so many have failed that it starts no more. */
    NOT_STARTED("not started", "notStarted", false),
    /** The run was told to leave the job out. */
    LEFT_OUT("left out", "leftOut", false),
    /** The job was submitted on demand, and no job that uses its result was to run. */
    NOT_NEEDED("not needed", "notNeeded", false);

    private final String word;
    private final String key;
    private final boolean isDone;

    JobCount(String word, String key, boolean isDone) {
        this.word = word;
        this.key = key;
        this.isDone = isDone;
    }

    /**
     * Returns the word for people, as in "3 executed".
     *
     * @return for example {@code done before}
     */
    public String word() {
        return word;
    }

    /**
     * Returns the member of a run's description. It is the number of jobs, or the list of their names if the jobs are not
     * done.
     *
     * @return for example {@code doneBefore}
     */
    public String key() {
        return key;
    }

    /**
     * Returns whether the jobs of this count are done.
     *
     * @return true if they have results
     */
    public boolean isDone() {
        return isDone;
    }

    /**
     * Reads the counts of a run.
     *
     * @param description the members of the run's description
     * @return the number of jobs of each count; empty if the run has not recorded its end, or if an earlier version of
     *     Experimaestro has, whose counts overlapped
     */
    public static Map<JobCount, Integer> read(Map<String, ?> description) {
        Map<JobCount, Integer> counts = new EnumMap<>(JobCount.class);
        for (JobCount count : values()) {
            int size = count.isIn(description) ? size(description.get(count.key)) : 0;
            if (size < 0) {
                return Map.of();
            }
            counts.put(count, size);
        }
        return counts;
    }

    /**
     * Returns whether the description of a run is to have this count.
     *
     * @param description the members of the run's description
     * @return false for a count that is left out of the description if it is 0
     */
    public boolean isIn(Map<String, ?> description) {
        return !isAbsentIfZero() || description.containsKey(key);
    }

    /**
     * Returns whether the description of a run has this count only if there are such jobs, because earlier versions do not
     * know the count.
     *
     * @return false for a count that is always there
     */
    public boolean isAbsentIfZero() {
        return this == LEFT_OUT || this == NOT_NEEDED;
    }

    private static int size(@Nullable Object member) {
        if (member instanceof Number number) {
            return number.intValue();
        }
        return member instanceof Collection<?> names ? names.size() : -1;
    }
}
