package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.experimaestro.ConfigException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.serial.StoredTask;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;

/** The composition of a batch of jobs, with its files on the host where it will run. */
final class HostBatch {
    private HostBatch() {}

    /** Sends the files that are missing, makes the folder for the logs, and returns the batch with its script. */
    static Batch prepare(List<Submission> jobs, Host host, Instant now)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        Submission first = jobs.getFirst();
        HostWorkspace workspace = host.workspace(first.workspace().root());
        if (!workspace.isShared() && first.spec().placement().environment().containsKey(JobVariables.TOKENS)) {
            throw new RefusedException(
                    "it holds tokens or uses a shared folder, and its host has a copy of the workspace,"
                            + " where its process could not see whether it still has them to itself; use a host that shares the workspace");
        }
        if (!workspace.isShared()) {
            for (Submission job : jobs) {
                requireDone(job.spec().announcing());
            }
        }
        Path logs = first.workspace().newBatch(now);
        first.workspace().makeBatch(logs);
        if (!workspace.isShared()) {
            jobs.forEach(HostBatch::clearFolderHere);
        }
        workspace.send(files(jobs, logs));
        List<String> classPath = first.classPath().stream().map(workspace::path).toList();
        Placement placement = first.spec().placement();
        return Batch.of(
                        JobName.of(jobs),
                        JobScript.of(jobs, classPath, job -> workspace.path(job.path())),
                        workspace.path(logs.resolve("log")),
                        placement)
                .size(jobs.size())
                .after(first.after())
                .passing(JobScript.passed(placement.environment()));
    }

    /** Requires that jobs are done of which a job reads announced outputs: only then their files are complete, and are sent. */
    private static void requireDone(List<JobFolder> announcing) throws RefusedException {
        for (JobFolder job : announcing) {
            if (!(job.status() instanceof JobStatus.Done)) {
                throw new RefusedException(
                        "it reads what " + job.name() + " has announced, which is not done, and its host"
                                + " has a copy of the workspace, where these files are not yet; use a host that shares the"
                                + " workspace, or run the experiment again when that job is done");
            }
        }
    }

    /** Returns the files that the host must have: the code, the jobs and those that they need, and the folder of the logs. */
    private static Set<Path> files(List<Submission> jobs, Path logs) {
        Set<Path> files = new LinkedHashSet<>(jobs.getFirst().classPath());
        for (Submission job : jobs) {
            Stream.concat(job.spec().needs().stream(), job.spec().announcing().stream())
                    .forEach(needed -> {
                        files.add(needed.path());
                        needed.findFormer().map(JobFolder::path).ifPresent(files::add); // no link is followed
                    });
            files.add(job.attempt().job().path());
        }
        files.add(logs);
        return files;
    }

    /**
     * Moves the files of earlier attempts aside in the copy of the folder here, where they were fetched to. On the host,
     * the job's process does the same, also if that fails here.
     */
    private static void clearFolderHere(Submission job) {
        Attempt attempt = job.attempt();
        try {
            if (attempt.number() > 1
                    && !attempt.hasClearedFolder()
                    && !StoredTask.read(attempt.job().parametersFile()).isResumable()) {
                attempt.clearFolder();
            }
        } catch (IOException | WorkspaceException | ConfigException failed) {
            String reason = failed instanceof IOException unusable ? Failures.reason(unusable) : failed.getMessage();
            job.spec()
                    .listener()
                    .warned("The files of earlier attempts at " + attempt.job() + " stay in its folder here: "
                            + reason);
        }
    }

    /**
     * Returns the command that prints the end of the batch system's own log of a job. Others may have written the
     * reference to the batch job, so a log is read only from its expected place, and no link is followed.
     *
     * @return the command; empty if the log is not one of the workspace's
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

    /** Returns the references to the jobs of a batch. */
    static List<BatchJobReference> batchJobs(Batch batch, List<String> jobIds, Instant now) {
        LauncherDefinition launcher = batch.placement().launcher();
        if (jobIds.size() != batch.size()) {
            throw new IllegalStateException("The launcher type " + launcher.type() + " returned " + jobIds.size()
                    + " handles for " + batch.size() + " jobs");
        }
        List<BatchJobReference> batchJobs = new ArrayList<>();
        for (int i = 0; i < jobIds.size(); i++) {
            String log = batch.log() + "-" + i + ".log";
            batchJobs.add(
                    new BatchJobReference(launcher.name(), launcher.type(), jobIds.get(i), log, now, batch.name()));
        }
        return batchJobs;
    }
}
