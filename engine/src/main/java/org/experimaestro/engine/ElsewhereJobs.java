package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.serial.SavedData;
import org.experimaestro.core.task.TaskDependency;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** Jobs of other workspaces, whose outputs a plan has loaded from a file. No run of this workspace waits for them. */
final class ElsewhereJobs {
    private ElsewhereJobs() {}

    /**
     * Requires that a job of another workspace is done.
     *
     * @param doing what is done with the task or action that depends on it, as in {@code submit learn}
     * @param needed the job
     * @param isUserDone finds whether what depends on it is done, so that it needs no outputs any more
     * @param workspace the other workspace, or the folder of data of a saved file
     * @throws ConfigException if it is not
     */
    static void requireDone(Supplier<String> doing, BooleanSupplier isUserDone, TaskDependency needed, Path workspace) {
        if (SavedData.isComplete(workspace, needed.typeId() + "/" + needed.id())) {
            return; // what the job has made was saved with the configuration
        }
        JobFolder job = JobFolder.ofAnyFormat(workspace
                .resolve(JobPath.FOLDER)
                .resolve(needed.typeId())
                .resolve(needed.id().toString()));
        JobStatus status = job.status();
        boolean isRemoved = status instanceof JobStatus.Removed;
        if (isRemoved && isUserDone.getAsBoolean()) {
            return; // it has read them
        }
        if (!(status instanceof JobStatus.Done)) {
            throw ConfigException.of("Cannot " + doing.get() + ": it depends on " + job.name() + " (by its parameter "
                            + needed.place() + ") of the workspace " + workspace + ", which " + found(status))
                    .at(PlanLine.current())
                    .advice((isRemoved ? "run that job again there, by submit" : "run that job there")
                            + ", or submit its task in this plan and use what submit returns")
                    .build();
        }
    }

    private static String found(JobStatus status) {
        return switch (status.state()) {
            case NEW -> "has no such job, or has never run it";
            case CORRUPT -> "cannot be read: " + status.message();
            case STARTING, QUEUED, RUNNING, DONE, FAILED -> "has it in the state " + status.words();
        };
    }
}
