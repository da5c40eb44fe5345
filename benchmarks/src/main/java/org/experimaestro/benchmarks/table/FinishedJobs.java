package org.experimaestro.benchmarks.table;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.core.serial.StoredTask;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;

/** The program that marks all jobs of a workspace as done, as their processes would: argument, the workspace. */
public final class FinishedJobs {
    private FinishedJobs() {}

    /**
     * Marks the jobs.
     *
     * @param arguments the workspace, whose jobs have their parameters
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        try (DirectoryStream<Path> types = Files.newDirectoryStream(Path.of(arguments[0], "jobs"))) {
            for (Path type : types) {
                try (DirectoryStream<Path> jobs = Files.newDirectoryStream(type)) {
                    for (Path job : jobs) {
                        finish(JobFolder.at(job), self);
                    }
                }
            }
        }
    }

    private static void finish(JobFolder job, ProcessIdentity self) throws IOException {
        if (job.claim(self, "table") instanceof Claim.Granted granted) {
            long now = System.currentTimeMillis();
            granted.attempt().begin(self, now);
            // As a job's process does, so that a run need not read the parameters to see that no default has changed.
            String defaults = StoredTask.read(job.parametersFile()).digest();
            granted.attempt().done(now, Map.of(), defaults);
        }
    }
}
