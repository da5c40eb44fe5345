package org.experimaestro.engine.job;

import java.time.Duration;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobScripts;

/** The script that ends jobs that take longer than their duration, where jobs are plain processes. A batch system does that itself. */
public final class TimeLimit {
    /** The time between SIGTERM and SIGKILL, which is also that of {@code jobs kill} on launchers of type direct. */
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** The time for the job's process to end after a task that has used up a time of its own. */
    private static final Duration AFTER_TASK = Duration.ofSeconds(10);

    private TimeLimit() {}

    /**
     * Returns the commands that end a job when its time is over.
     *
     * @param placement the placement of the job
     * @param attempt the number of the attempt, or a variable of the shell that has it
     * @param ownsGroup whether the process group has only the job's processes
     * @return lines of a POSIX shell script, which end with a line end; empty if the job has no limit, or a batch system
     *     enforces it
     */
    public static String script(Placement placement, String attempt, boolean ownsGroup) {
        if (!placement.launcher().type().equals(LauncherDefinition.DIRECT)) {
            return "";
        }
        return placement
                .resources()
                .duration()
                .map(limit -> JobScripts.timeLimit(attempt, limit, grace(placement), ownsGroup))
                .orElse("");
    }

    private static Duration grace(Placement placement) {
        String own = placement.environment().get(JobVariables.GRACE);
        return own == null ? GRACE : Duration.ofSeconds(Long.parseLong(own)).plus(AFTER_TASK);
    }
}
