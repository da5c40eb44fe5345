package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/**
 * Refreshes the index of a workspace of {@link ManyJobs} after one job more has come and gone through all its states, and prints
 * how long that took. A look at files that are not there, {@code mark-begin} and {@code mark-end}, tells {@code strace} where
 * the refresh begins and ends. Arguments: the folder, and how many jobs it has.
 */
public final class IndexRefresh {
    private static final int TIMES = 50;

    private IndexRefresh() {}

    /**
     * Refreshes.
     *
     * @param arguments the folder, and the number of jobs
     * @throws IOException if the further jobs cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Workspace workspace = Workspace.view(Path.of(arguments[0]));
        int next = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        int jobs = index.view().jobs().size();
        System.out.printf("opened with %d jobs in %.0f ms%n", jobs, (System.nanoTime() - start) / 1e6);
        index.store();
        long sum = 0;
        for (int i = 0; i < TIMES; i++) {
            JobFolder job = ManyJobs.job(workspace, next + i);
            ManyJobs.finish(job, ManyJobs.tags(next + i), next + i);
            Files.exists(Path.of("mark-begin"));
            long begin = System.nanoTime();
            int changes = index.refresh().list().size();
            sum += System.nanoTime() - begin;
            Files.exists(Path.of("mark-end"));
            if (changes < 1) {
                throw new IllegalStateException("The refresh has not found the job " + job);
            }
        }
        System.out.printf("a refresh that finds one job more: %.2f ms%n", sum / 1e6 / TIMES);
    }
}
