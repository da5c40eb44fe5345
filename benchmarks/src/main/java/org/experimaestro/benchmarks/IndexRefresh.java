package org.experimaestro.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.experimaestro.monitor.index.Change;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.index.WorkspaceWatch;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes the index of a workspace of {@link ManyJobs} after one job more has come and gone through all its states, and prints
 * how long that took. Then it watches the workspace, and prints how long changes took to be seen. Arguments: the folder, how many
 * jobs it has, and {@code live} if a run goes on meanwhile, which submits the jobs and writes its journal.
 */
public final class IndexRefresh {
    private static final int TIMES = 50;
    private static final long QUIET_MILLIS = 10_000;

    private IndexRefresh() {}

    /**
     * Refreshes.
     *
     * @param arguments the folder, the number of jobs, and {@code live} for a run that goes on
     * @throws IOException if the further jobs cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workspace workspace = Workspace.view(Path.of(arguments[0]));
        int next = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        int jobs = index.view().jobs().size();
        System.out.printf("opened with %d jobs in %.0f ms%n", jobs, (System.nanoTime() - start) / 1e6);
        index.store();
        boolean isLive = arguments.length > 2 && arguments[2].equals("live");
        try (Jobs further =
                new Jobs(workspace, next, isLive ? workspace.experiment("grid").newRun(Instant.now()) : null)) {
            index.refresh();
            long sum = 0;
            for (int i = 0; i < TIMES; i++) {
                further.finish();
                long begin = System.nanoTime();
                int changes = index.refresh().list().size();
                sum += System.nanoTime() - begin;
                if (changes < 1) {
                    throw new IllegalStateException("The refresh has not found a job");
                }
            }
            System.out.printf("a refresh that finds one job more: %.2f ms%n", sum / 1e6 / TIMES);
            watch(index, further);
        }
    }

    /** Prints how long the watch takes to see jobs that end, and what it costs while nothing happens. */
    private static void watch(WorkspaceIndex index, Jobs further) throws IOException, InterruptedException {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        index.listen(changes -> changes.list().stream()
                .map(Change::subject)
                .map(subject -> subject.replaceFirst("job ", ""))
                .filter(name -> index.job(name)
                        .filter(job -> job.status() instanceof JobStatus.Done)
                        .isPresent())
                .forEach(done::add));
        List<Double> delays = new ArrayList<>();
        try (WorkspaceWatch watch = WorkspaceWatch.start(index)) {
            for (int i = 0; i < TIMES; i++) {
                String name = further.finish();
                long written = System.nanoTime();
                while (!done.take().equals(name)) {
                    // a job of before
                }
                delays.add((System.nanoTime() - written) / 1e6);
                Thread.sleep(10L * (i % 20)); // the change falls at any time between two refreshes
            }
            delays.sort(null);
            System.out.printf(
                    "a change is seen after %.0f ms (median), %.0f ms (the slowest of %d)%n",
                    delays.get(TIMES / 2), delays.getLast(), TIMES);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = cpu(threads);
            Thread.sleep(QUIET_MILLIS);
            System.out.printf(
                    "the watch takes %.1f %% of a processor while nothing changes%n",
                    (cpu(threads) - before) / 1e4 / QUIET_MILLIS);
            watch.wake();
        }
    }

    private static long cpu(ThreadMXBean threads) {
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    /** The further jobs, which a run submits if there is one. */
    private static final class Jobs implements AutoCloseable {
        private final Workspace workspace;
        private final RunFolder.@Nullable JobList list;
        private final @Nullable RunJournal journal;
        private int next;

        Jobs(Workspace workspace, int next, @Nullable RunFolder run) throws IOException {
            this.workspace = workspace;
            this.next = next;
            this.list = run == null ? null : run.openJobs();
            this.journal = run == null ? null : run.openJournal();
            if (run != null) {
                run.describe(Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson()));
            }
        }

        String finish() throws IOException {
            JobFolder job = ManyJobs.job(workspace, next);
            Map<String, Object> tags = ManyJobs.tags(next);
            if (list != null && journal != null) {
                list.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), tags, List.of(), "local", Instant.now()));
                journal.add(new RunEvent(Instant.now(), job.name(), "RUNNING", OptionalInt.of(1), ""));
            }
            ManyJobs.finish(job, tags, next++);
            return job.name();
        }

        @Override
        public void close() throws IOException {
            if (list != null && journal != null) {
                list.close();
                journal.close();
            }
        }
    }
}
