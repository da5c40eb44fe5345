package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.engine.job.RemovalWait;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.jspecify.annotations.Nullable;

/** The outputs of jobs that are done, and that another run has removed, or is about to remove. */
final class LostOutputs {
    private LostOutputs() {}

    /** Returns the state of a job; while its outputs are being removed, waits until that is over. */
    static JobStatus settled(JobFolder job, JobStatus found, RunListener listener) {
        try {
            return RemovalWait.settled(job, found, RunClock.SYSTEM, listener::warning);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // the run is being stopped, and starts nothing
            return job.status();
        }
    }

    /**
     * Requires that the jobs have their outputs that a job which is to run uses, and that this run does not run.
     *
     * @param user the job that is to run
     * @param submitted finds a job that the run has submitted; {@code null} if it has not
     * @param listener is told of a long wait for a removal that goes on
     * @throws ConfigException if outputs were removed
     */
    static void require(TaskJob user, Function<ConfigId, @Nullable TaskJob> submitted, RunListener listener) {
        if (user.task().found() instanceof JobStatus.Done) {
            return; // it has read them
        }
        List<String> lost = new ArrayList<>();
        for (JobFolder needed : user.task().needs()) {
            if (submitted.apply(needed.id()) == null && areRemoved(needed, listener)) {
                lost.add(needed.name());
            }
        }
        if (!lost.isEmpty()) {
            throw ConfigException.of("Cannot submit " + user.task().folder().name() + ": it uses the outputs of "
                            + String.join(", ", lost) + ", which were removed, and which this run has not submitted")
                    .at(PlanLine.current())
                    .advice("submit that task in this plan, before this line, so that it runs again")
                    .build();
        }
    }

    private static boolean areRemoved(JobFolder needed, RunListener listener) {
        JobStatus status = settled(needed, needed.status(), listener);
        try {
            return !(status instanceof JobStatus.Done) && OutputRemoval.hasHappened(needed);
        } catch (IOException unreadable) {
            return true;
        }
    }
}
