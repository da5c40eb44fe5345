package org.experimaestro.engine.schedule;

/**
 * The use of a limit by the jobs of a scheduler.
 *
 * @param used the sum of the amounts that running jobs use
 * @param waiting the number of jobs that would start if the limit had room for them; none while no job is started
 */
public record LimitUse(long used, long waiting) {
    /** The use by no job. */
    public static final LimitUse NONE = new LimitUse(0, 0);
}
