package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.monitor.index.Change;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.index.WorkspaceWatch;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Watches a workspace of {@link ManyJobs}, changes it in each way in which a run or a job does, again and again, and prints for
 * each kind of change how long the watch takes to see it. Arguments: the folder, the number of the first further job, and {@code
 * live} if a run goes on meanwhile, which submits the jobs and writes its journal.
 */
public final class WatchDelays {
    private static final int TIMES = 30;

    private final Workspace workspace;
    private final @Nullable RunFolder live;
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Map<String, List<Double>> delays = new LinkedHashMap<>();
    private int next;

    private WatchDelays(Workspace workspace, int next, @Nullable RunFolder live) {
        this.workspace = workspace;
        this.next = next;
        this.live = live;
    }

    /** A change of files. */
    private interface Step {
        void make() throws IOException;
    }

    /**
     * Watches.
     *
     * @param arguments the folder, the number of the first further job, and {@code live} for a run that goes on
     * @throws IOException if the changes cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workspace workspace = Workspace.view(Path.of(arguments[0]));
        boolean isLive = arguments.length > 2 && arguments[2].equals("live");
        RunFolder live = isLive ? workspace.experiment("grid").newRun(Instant.now()) : null;
        new WatchDelays(workspace, Integer.parseInt(arguments[1]), live).measure();
    }

    private void measure() throws IOException, InterruptedException {
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        index.store();
        index.listen(changes -> changes.list().stream().map(Change::subject).forEach(seen::add));
        RunFolder.JobList list = null;
        RunJournal journal = null;
        if (live != null) {
            live.describe(Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson()));
            list = live.openJobs();
            journal = live.openJournal();
        }
        try (WorkspaceWatch watch = WorkspaceWatch.start(index)) {
            Thread.sleep(1000);
            for (int i = 0; i < TIMES; i++) {
                job(list, journal);
                run();
            }
            watch.wake();
        }
        if (list != null && journal != null) {
            list.close();
            journal.close();
        }
        delays.forEach((kind, millis) -> {
            millis.sort(null);
            System.out.printf(
                    "%-28s %4.0f ms (median), %4.0f ms (the slowest of %d)%n",
                    kind, millis.get(TIMES / 2), millis.getLast(), TIMES);
        });
    }

    private void job(RunFolder.@Nullable JobList list, @Nullable RunJournal journal)
            throws IOException, InterruptedException {
        int number = next++;
        JobFolder job = ManyJobs.job(workspace, number);
        Map<String, Object> tags = ManyJobs.tags(number);
        String subject = "job " + job.name();
        if (list != null && live != null) {
            see(
                    "a run submits a job",
                    "run " + live.experiment() + "/" + live.name(),
                    () -> list.add(new RunFolder.SubmittedJob(
                            job.typeId(), job.id(), tags, List.of(), "local", Instant.now())));
        }
        see("a job is claimed", subject, () -> {
            job.claim(ProcessIdentity.current(), "grid");
            job.write(ManyJobs.parameters(job, tags, number), "");
            tell(journal, job, "STARTING");
        });
        Attempt attempt = job.attempt(1);
        see("its process begins", subject, () -> {
            attempt.begin(ProcessIdentity.current(), System.currentTimeMillis());
            tell(journal, job, "RUNNING");
        });
        see(
                "it tells a metric",
                subject,
                () -> Files.writeString(
                        job.events(1),
                        "{\"time\":\"2026-11-23T21:56:18.484Z\",\"metric\":\"metric0\",\"value\":1}\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND));
        see("it ends", subject, () -> {
            attempt.done(System.currentTimeMillis(), Map.of("metric0", 1.0), null);
            tell(journal, job, "DONE");
        });
        Path elsewhere = workspace.root().resolve("moved-" + number);
        see("it is moved away", subject, () -> Files.move(job.path(), elsewhere));
        see("it is moved back", subject, () -> Files.move(elsewhere, job.path()));
    }

    private static void tell(@Nullable RunJournal journal, JobFolder job, String state) throws IOException {
        if (journal != null) {
            journal.add(new RunEvent(Instant.now(), job.name(), state, OptionalInt.of(1), ""));
        }
    }

    private void run() throws IOException, InterruptedException {
        RunFolder[] begun = new RunFolder[1];
        String experiment = "watched-" + next;
        begun[0] = workspace.experiment(experiment).newRun(Instant.now());
        String subject = "run " + experiment + "/" + begun[0].name();
        see(
                "a run begins",
                subject,
                () -> begun[0].describe(
                        Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson())));
        see("a run ends", subject, () -> begun[0].describe(Map.of("outcome", "DONE")));
    }

    /** Makes a change at any time between two refreshes, and waits until the watch tells of it. */
    private void see(String kind, String subject, Step step) throws IOException, InterruptedException {
        Thread.sleep(150 + 7L * (next * 13 % 20));
        seen.clear();
        step.make();
        long made = System.nanoTime();
        while (!seen.take().equals(subject)) {
            // another change
        }
        delays.computeIfAbsent(kind, key -> new ArrayList<>()).add((System.nanoTime() - made) / 1e6);
    }
}
