package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.core.serial.StoredTask;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/** The batch of some jobs, and its files on the host where it will run. */
final class HostBatch {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private HostBatch() {}

    /** Sends what is missing, makes the folder for the logs, and composes the script. */
    static Batch prepare(List<Submission> jobs, Host host, Instant now)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        Submission first = jobs.getFirst();
        HostWorkspace workspace = host.workspace(first.workspace().root());
        Path logs = first.workspace().newBatch(now);
        if (workspace.isShared()) {
            first.workspace().makeBatch(logs);
        } else {
            send(jobs, workspace);
            String folder = ShellText.quote(workspace.path(logs));
            String above = ShellText.quote(workspace.path(logs.resolveSibling("")));
            Shell.Output made =
                    host.shell().run("mkdir -p " + above + " && mkdir " + folder + " && chmod go-w " + folder, LIMIT);
            if (!made.isSuccess()) {
                throw new RefusedException(
                        "Cannot make a folder on " + host.nameOf(first.launcher()) + ": " + made.complaint());
            }
        }
        List<String> classPath = first.classPath().stream().map(workspace::path).toList();
        Placement placement = first.spec().placement();
        return Batch.of(
                        name(first.attempt().job()),
                        JobScript.of(jobs, classPath, job -> workspace.path(job.path())),
                        workspace.path(logs.resolve("log")),
                        placement)
                .size(jobs.size())
                .after(first.after())
                .passing(JobScript.passed(placement.environment()));
    }

    private static void send(List<Submission> jobs, HostWorkspace workspace)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        Set<Path> files = new LinkedHashSet<>(jobs.getFirst().classPath());
        for (Submission job : jobs) {
            clearFolderHere(job.attempt());
            job.spec().needs().stream().map(JobFolder::path).forEach(files::add);
            files.add(job.attempt().job().path());
        }
        workspace.send(files);
    }

    /**
     * Moves the files of earlier attempts aside in the folder here, where they were fetched to. On the host, the job's
     * process does the same.
     */
    private static void clearFolderHere(Attempt attempt) throws IOException {
        if (attempt.number() > 1
                && !attempt.hasClearedFolder()
                && !StoredTask.read(attempt.job().parametersFile()).isResumable()) {
            attempt.clearFolder();
        }
    }

    /** What a job is called in a batch system. */
    static String name(JobFolder job) {
        return job.typeId().replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /**
     * The command that prints the end of what a batch system said of a job itself. A reference is a file that others may have written:
     * its log is believed only where we would have put it, and no link is followed.
     *
     * @return empty if the log is not one of the workspace's
     */
    static Optional<String> tail(BatchJobReference batchJob, Path root, HostWorkspace host, int lines) {
        return Workspace.findBatchLog(root, batchJob.log())
                .filter(log -> host.path(log).equals(batchJob.log()))
                .map(log -> "root=$(cd -P -- " + ShellText.quote(host.path(root)) + " && pwd -P) && cd -P -- "
                        + ShellText.quote(host.path(log.resolveSibling(""))) + " && [ \"$(pwd -P)\" = \"$root\""
                        + ShellText.quote("/" + root.relativize(log.resolveSibling(""))) + " ] && [ -f "
                        + log.getFileName()
                        + " ] && [ ! -L " + log.getFileName() + " ] && tail -n " + lines + " " + log.getFileName());
    }

    /** The batch jobs of its jobs. */
    static List<BatchJobReference> batchJobs(Batch batch, List<String> jobIds, Instant now) {
        LauncherDefinition launcher = batch.placement().launcher();
        if (jobIds.size() != batch.size()) {
            throw new IllegalStateException("The launcher type " + launcher.type() + " returned " + jobIds.size()
                    + " handles for " + batch.size() + " jobs");
        }
        List<BatchJobReference> batchJobs = new ArrayList<>();
        for (int i = 0; i < jobIds.size(); i++) {
            String log = batch.log() + "-" + i + ".log";
            batchJobs.add(new BatchJobReference(launcher.name(), launcher.type(), jobIds.get(i), log, now));
        }
        return batchJobs;
    }
}
