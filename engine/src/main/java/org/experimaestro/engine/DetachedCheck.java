package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;

/** A check for jobs that cannot be submitted and left alone, before any job is submitted. */
final class DetachedCheck {
    private final RunBatchClients clients;

    DetachedCheck(RunBatchClients clients) {
        this.clients = clients;
    }

    /**
     * Checks all jobs of a run.
     *
     * @throws LaunchException if some jobs cannot be left alone; the message names all of them
     */
    void check(List<TaskJob> jobs) {
        List<String> problems = new ArrayList<>();
        for (TaskJob job : jobs) {
            Placement placement = job.task().placement();
            if (placement != null && job.task().found().findBatchJob().isEmpty()) {
                problem(job, placement.launcher())
                        .ifPresent(why -> problems.add(job.task().folder().name() + " " + why));
            }
        }
        if (!problems.isEmpty()) {
            throw LaunchException.of("Cannot leave the experiment to its launchers: " + String.join("; ", problems))
                    .advice("run it without --detach, or with launchers that can wait for each other's jobs")
                    .build();
        }
    }

    private Optional<String> problem(TaskJob job, LauncherDefinition launcher) {
        if (launcher.isHere()) {
            return Optional.of(
                    "runs on this machine (launcher " + launcher.name() + "), started by the plan's process");
        }
        if (!job.request().tokens().isEmpty()) {
            return Optional.of("holds tokens, which the plan's process takes before the job starts");
        }
        if (!job.sharedFolders().isEmpty()) {
            return Optional.of("uses the shared folder " + job.sharedFolders().getFirst()
                    + ", which the plan's process takes before the job starts");
        }
        if (!clients.hasDependencies(launcher)) {
            return Optional.of(
                    "is for launcher " + launcher.name() + ", which has no queue: it would start all jobs at once");
        }
        for (TaskJob dependency : job.dependencies()) {
            Placement needed = dependency.task().placement();
            if (needed == null) {
                continue;
            }
            if (!clients.isSameSystem(launcher, needed.launcher())) {
                return Optional.of("on launcher " + launcher.name() + " depends on a job of launcher "
                        + needed.launcher().name() + ", which is another system");
            }
        }
        return Optional.empty();
    }
}
