package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.task.Dependencies;
import org.experimaestro.core.task.TaskDependency;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of which a task or an action uses results.
 *
 * @param folders the folders of those in the workspace that have to be done before
 * @param announcing the folders of those of which only what they have announced is used, so that they may still run
 * @param waitedFor those of the first that the run has submitted
 * @param submitted those of both that the run has submitted
 */
record NeededJobs(
        List<JobFolder> folders, List<JobFolder> announcing, List<TaskJob> waitedFor, List<TaskJob> submitted) {

    /**
     * Finds the jobs that a task or an action needs.
     *
     * @param doing what is done with it, for the error, as in {@code submit learn}
     * @param isUserDone finds whether it is done already
     * @param task the task or action
     * @param workspace the workspace of the run
     * @param isDone finds whether a job is done that the run has not submitted
     * @param announced finds whether what is used of a job was announced and is there
     * @param submitted finds a job that the run has submitted; {@code null} if it has not
     * @return the jobs
     * @throws ConfigException if the run has not submitted one that is not done
     */
    static NeededJobs of(
            Supplier<String> doing,
            BooleanSupplier isUserDone,
            ConfigNode<?> task,
            Workspace workspace,
            Predicate<JobFolder> isDone,
            AnnouncedNames announced,
            Function<ConfigId, @Nullable TaskJob> submitted) {
        List<TaskJob> found = new ArrayList<>();
        List<TaskJob> waitedFor = new ArrayList<>();
        List<JobFolder> folders = new ArrayList<>();
        List<JobFolder> announcing = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (TaskDependency dependency : Dependencies.of(task, workspace.root())) {
            Path other = dependency.elsewhere();
            if (other != null) {
                ElsewhereJobs.requireDone(doing, isUserDone, dependency, other);
                continue;
            }
            JobFolder needed = workspace.job(dependency.typeId(), dependency.id());
            TaskJob job = submitted.apply(dependency.id());
            if (job != null) {
                found.add(job);
            }
            if (announced.has(dependency, needed)) {
                announcing.add(needed);
                continue;
            }
            folders.add(needed);
            if (job != null) {
                waitedFor.add(job);
            } else if (!isDone.test(needed)) {
                missing.add(needed.name() + " (by its parameter " + dependency.place() + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw ConfigException.of("Cannot " + doing.get() + ": it depends on " + String.join(", ", missing)
                            + ", which this run has not submitted and which is not done")
                    .at(PlanLine.current())
                    .advice("submit that task in this plan, before this line")
                    .build();
        }
        return new NeededJobs(folders, announcing, waitedFor, found);
    }
}
