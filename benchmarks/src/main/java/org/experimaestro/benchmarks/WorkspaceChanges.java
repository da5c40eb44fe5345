package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The changes of a workspace of {@link ManyJobs} by one more job and one more run, step by step. */
final class WorkspaceChanges implements AutoCloseable {
    private final Workspace workspace;
    private final RunFolder.@Nullable JobList list;
    private final @Nullable RunJournal journal;
    private final String liveRun;
    private int next;

    /** A change of files. */
    interface Step {
        /** Makes the change. */
        void make() throws IOException;
    }

    /** A measurement of one change. */
    interface Observer {
        /**
         * Makes the change, and measures what it costs to see it.
         *
         * @param kind the kind of change
         * @param subject the job or run that changes, as {@code Change.subject} has it
         * @param step the change
         */
        void see(String kind, String subject, Step step) throws IOException, InterruptedException;
    }

    /**
     * Prepares the changes.
     *
     * @param workspace the workspace
     * @param next the number of the first further job
     * @param isLive whether a run goes on meanwhile, which submits the jobs and writes its journal
     */
    WorkspaceChanges(Workspace workspace, int next, boolean isLive) throws IOException {
        this.workspace = workspace;
        this.next = next;
        RunFolder live = isLive ? workspace.experiment("grid").newRun(Instant.now()) : null;
        if (live != null) {
            live.describe(Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson()));
        }
        this.list = live == null ? null : live.openJobs();
        this.journal = live == null ? null : live.openJournal();
        this.liveRun = live == null ? "" : subject(live);
    }

    private static String subject(RunFolder run) {
        return "run " + run.experiment() + "/" + run.name();
    }

    /** Takes one more job, and one more run of a new experiment, through all their changes. */
    void make(Observer observer) throws IOException, InterruptedException {
        int number = next++;
        JobFolder job = ManyJobs.job(workspace, number);
        Map<String, Object> tags = ManyJobs.tags(number);
        String subject = "job " + job.name();
        RunFolder.JobList submitted = list;
        if (submitted != null) {
            observer.see(
                    "a run submits a job",
                    liveRun,
                    () -> submitted.add(new RunFolder.SubmittedJob(
                            job.typeId(), job.id(), tags, List.of(), "local", Instant.now())));
        }
        observer.see("a job is claimed", subject, () -> {
            job.claim(ProcessIdentity.current(), "grid");
            job.write(ManyJobs.parameters(job, tags, number), "");
            tell(job, "STARTING");
        });
        Attempt attempt = job.attempt(1);
        observer.see("its process begins", subject, () -> {
            attempt.begin(ProcessIdentity.current(), System.currentTimeMillis());
            tell(job, "RUNNING");
        });
        observer.see(
                "it tells a metric",
                subject,
                () -> Files.writeString(
                        job.events(1),
                        "{\"time\":\"2026-11-23T21:56:18.484Z\",\"metric\":\"metric0\",\"value\":1}\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND));
        observer.see("it ends", subject, () -> {
            attempt.done(System.currentTimeMillis(), Map.of("metric0", 1.0), null);
            tell(job, "DONE");
        });
        Path elsewhere = workspace.root().resolve("moved-" + number);
        observer.see("it is moved away", subject, () -> Files.move(job.path(), elsewhere));
        observer.see("it is moved back", subject, () -> Files.move(elsewhere, job.path()));
        run(observer, "watched-" + number);
    }

    private void tell(JobFolder job, String state) throws IOException {
        if (journal != null) {
            journal.add(new RunEvent(Instant.now(), job.name(), state, OptionalInt.of(1), ""));
        }
    }

    private void run(Observer observer, String experiment) throws IOException, InterruptedException {
        RunFolder begun = workspace.experiment(experiment).newRun(Instant.now());
        observer.see(
                "a run begins",
                subject(begun),
                () -> begun.describe(
                        Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson())));
        observer.see("a run ends", subject(begun), () -> begun.describe(Map.of("outcome", "DONE")));
    }

    @Override
    public void close() throws IOException {
        if (list != null && journal != null) {
            list.close();
            journal.close();
        }
    }
}
