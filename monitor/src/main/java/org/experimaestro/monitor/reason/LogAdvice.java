package org.experimaestro.monitor.reason;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.Workspace;

/** The advice which log says why a job has failed. */
final class LogAdvice {
    private LogAdvice() {}

    /**
     * Returns the advice for a job that has failed.
     *
     * @param workspace the workspace of the job
     * @param job the job
     * @param failure its state
     * @return the command that prints the job's log, and the log of its worker if that has died with the task
     */
    static String of(Workspace workspace, JobView job, JobStatus.Failed failure) {
        return "read its log: " + command(workspace, job.name(), OptionalInt.empty())
                + findWorkerLog(job.folder(), failure)
                        .map(log -> "; its worker has died with it, and may say why in " + log)
                        .orElse("");
    }

    /**
     * Returns the command that prints a log of a job.
     *
     * @param workspace the workspace of the job
     * @param job the name of the job
     * @param attempt the attempt; empty for the last one
     * @return the command for a shell
     */
    static String command(Workspace workspace, String job, OptionalInt attempt) {
        return "experimaestro jobs log " + job
                + (attempt.isPresent() ? " --attempt " + attempt.getAsInt() : "")
                + workdir(workspace);
    }

    /**
     * Returns the option that names a workspace, with a space before it.
     *
     * @param workspace the workspace
     * @return a part of a command for a shell
     */
    static String workdir(Workspace workspace) {
        return " --workdir " + ShellWord.of(workspace.root().toString());
    }

    /** Returns the log of a worker that has ended without a word: it has the last words of the JVM and of native code. */
    private static Optional<Path> findWorkerLog(JobFolder folder, JobStatus.Failed failure) {
        OptionalInt attempt = failure.lastAttempt();
        if (failure.cause() != FailureCause.VANISHED || attempt.isEmpty()) {
            return Optional.empty();
        }
        try {
            return folder.attempt(attempt.getAsInt())
                    .record()
                    .findWorker()
                    .map(task ->
                            WorkerFiles.of(folder.workspace(), task.worker()).log())
                    .filter(Files::isRegularFile);
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            return Optional.empty(); // then the advice has the job's log alone
        }
    }
}
