package org.experimaestro.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.jspecify.annotations.Nullable;

/** The outputs of jobs that are done, and that another run has removed, or is about to remove. */
final class LostOutputs {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private LostOutputs() {}

    /**
     * Returns whether a job that was found done has lost its outputs since. Waits for a removal that goes on, which takes
     * some renames. The caller has recorded before that its run needs the job: a removal that comes later sees that.
     */
    static boolean areLost(JobFolder job) {
        return !(settled(job) instanceof JobStatus.Done);
    }

    /** Returns the state of a job; while its outputs are being removed, waits until that is over. */
    static JobStatus settled(JobFolder job) {
        JobStatus status = job.status();
        try {
            while (OutputRemoval.isGoingOn(job, status)) {
                RunClock.SYSTEM.sleep(PAUSE);
                status = job.status();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // the run is being stopped, and starts nothing
        } catch (IOException | JsonException unreadable) {
            return job.status(); // which names the file
        }
        return status;
    }

    /**
     * Requires that the jobs have their outputs that a job which is to run uses, and that this run does not run.
     *
     * @param user the job that is to run
     * @param submitted finds a job that the run has submitted; {@code null} if it has not
     * @throws ConfigException if outputs were removed
     */
    static void require(TaskJob user, Function<ConfigId, @Nullable TaskJob> submitted) {
        if (user.task().found() instanceof JobStatus.Done) {
            return; // it has read them
        }
        List<String> lost = new ArrayList<>();
        for (JobFolder needed : user.task().needs()) {
            if (submitted.apply(needed.id()) == null && areRemoved(needed)) {
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

    private static boolean areRemoved(JobFolder needed) {
        JobStatus status = needed.status();
        return status instanceof JobStatus.Removed || status instanceof JobStatus.Done && areLost(needed);
    }
}
