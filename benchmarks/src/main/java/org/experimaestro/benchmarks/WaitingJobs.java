package org.experimaestro.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.experimaestro.workspace.Workspace;

/**
 * Makes a workspace with a run that goes on as long as this process: a launcher has as many of its jobs as it may, and the
 * others wait for it. Prints a line when all is written, and ends with the end of the standard input. Arguments: the
 * folder, and how many jobs wait.
 */
public final class WaitingJobs {
    private static final int RUNNING = 1000;
    private static final String LAUNCHER = "slurm";

    private WaitingJobs() {}

    /**
     * Makes the workspace.
     *
     * @param arguments the folder, and the number of waiting jobs
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Workspace workspace = Workspace.open(Path.of(arguments[0]));
        int count = RUNNING + Integer.parseInt(arguments[1]);
        List<RunLimit> limits = List.of(new RunLimit(RunLimit.nameOf(RunLimit.JOBS, LAUNCHER), 1, RUNNING));
        RunFolder run = workspace.experiment("grid").newRun(Instant.now());
        run.describe(Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson()));
        try (RunFolder.JobList jobs = run.openJobs();
                RunJournal journal = run.openJournal()) {
            for (int i = 0; i < count; i++) {
                JobFolder job = ManyJobs.job(workspace, i);
                Instant now = Instant.now();
                jobs.add(
                        new RunFolder.SubmittedJob(job.typeId(), job.id(), ManyJobs.tags(i), List.of(), LAUNCHER, now));
                journal.add(new RunEvent(
                        now,
                        job.name(),
                        i < RUNNING ? "RUNNING" : "READY",
                        OptionalInt.empty(),
                        "",
                        limits,
                        "",
                        Optional.empty()));
            }
        }
        System.out.println("all is written");
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
