package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunRequests;
import org.jspecify.annotations.Nullable;

/** The writer of a run's files: its description, its submissions and its journal. Thread-safe: each write holds the lock. */
final class RunRecord implements AutoCloseable {
    /** The time limit of each git command, for which the run does not wait. */
    private static final Duration GIT_LIMIT = Duration.ofSeconds(30);
    /** The longest time that the end of a run waits for git. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(1);

    private final RunFolder folder;
    private final RunFolder.JobList jobs;
    private final RunListener listener;
    private final RunClock clock;
    private final RunJournal journal;
    private final Culprits culprits = new Culprits();
    private boolean isWarned;
    private final Map<String, @Nullable Object> description = new LinkedHashMap<>();
    private @Nullable Thread git;
    private boolean closed;

    private RunRecord(
            RunFolder folder, RunFolder.JobList jobs, RunJournal journal, RunListener listener, RunClock clock) {
        this.folder = folder;
        this.jobs = jobs;
        this.journal = journal;
        this.listener = listener;
        this.clock = clock;
    }

    static RunRecord begin(
            ExperimentFolder experiment,
            ExperimentSetup setup,
            String planClass,
            RunListener listener,
            RunClock clock) {
        Instant now = clock.instant();
        try {
            RunFolder folder = experiment.newRun(now);
            RunRecord record = new RunRecord(folder, folder.openJobs(), folder.openJournal(), listener, clock);
            record.description.putAll(RunDescription.of(setup, planClass));
            record.description.put("started", TimeText.of(now.toEpochMilli()));
            if (!setup.detached()) {
                record.requests().open(); // before anybody can see that the run has begun
            }
            folder.describe(record.description);
            record.askGit(setup.origin().planFolder());
            return record;
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    /** Starts git in the background. Its answer is written when it comes, or never. */
    private void askGit(@Nullable Path folder) {
        if (folder != null) {
            git = Thread.ofVirtual().name("experimaestro-git").start(() -> {
                try {
                    GitCommit.find(folder, GIT_LIMIT).ifPresent(this::describe);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private synchronized void describe(GitCommit commit) {
        if (!closed) {
            description.put("git", commit.toJson());
            describe();
        }
    }

    /** Adds the names of the jars of which the class path of this run's jobs consists. */
    synchronized void describeCode(List<String> names) {
        description.put(RunFolder.CLASS_PATH, names);
        describe();
    }

    /**
     * Waits for git, because a short run ends before git has answered. Called without the lock, which the answer needs.
     */
    private void awaitGit() {
        try {
            if (git != null) {
                git.join(LAST_ANSWER);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    RunRequests requests() {
        return new RunRequests(folder);
    }

    /** Returns the names of the failed jobs for which others were skipped, as the journal has them. */
    Culprits culprits() {
        return culprits;
    }

    String name() {
        return folder.experiment() + "/" + folder.name();
    }

    synchronized void add(SubmittedTask task) {
        try {
            jobs.add(new RunFolder.SubmittedJob(
                    task.typeId(),
                    task.id(),
                    task.tags(),
                    task.dependencies(),
                    task.placement() == null ? "" : task.placement().launcher().name(),
                    clock.instant()));
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    /** Records a new phase of a job. Only an end has a result: before, the result would be that of an earlier try. */
    void changed(TaskJob job) {
        switch (job.phase()) {
            case WAITING -> {
                culprits.forget(job);
                write(job.task(), Phase.WAITING, OptionalInt.empty(), "");
            }
            case READY, RUNNING -> write(job.task(), job.phase(), OptionalInt.empty(), "");
            case SKIPPED -> write(job.task(), Phase.SKIPPED, OptionalInt.empty(), culprits.reason(job));
            case DONE, FAILED -> ended(job);
        }
    }

    private void ended(TaskJob job) {
        JobResult result = job.result();
        Throwable problem = job.problem();
        if (result != null) {
            write(job.task(), job.phase(), result.status().lastAttempt(), result.message());
        } else {
            write(job.task(), job.phase(), OptionalInt.empty(), problem == null ? "" : String.valueOf(problem));
        }
    }

    /** Records that this run has claimed a job, and starts it. */
    void claimed(SubmittedTask task, int attempt) {
        write(task, Phase.RUNNING, OptionalInt.of(attempt), "");
    }

    /** Writes an event. The run goes on even if that fails, because the jobs' folders have the results. */
    private synchronized void write(SubmittedTask task, Phase phase, OptionalInt attempt, String message) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        try {
            journal.add(new RunEvent(now, task.folder().name(), phase.name(), attempt, message));
        } catch (IOException failed) {
            warn(failed);
        }
    }

    /**
     * Records the end of the run. A failure is only a warning, because the jobs have ended and the user needs their
     * results.
     */
    void end(RunResult result) {
        awaitGit();
        describeEnd(result.outcome().name(), result.account());
    }

    /** Records the end of a run that was stopped before its end. */
    void stopped(RunAccount account) {
        awaitGit();
        describeEnd("STOPPED", account);
    }

    private synchronized void describeEnd(String outcome, RunAccount account) {
        description.put("ended", TimeText.of(clock.millis()));
        description.put("outcome", outcome);
        description.put("jobs", account.total());
        for (JobCount count : JobCount.values()) {
            List<SubmittedTask> tasks = account.tasks(count);
            description.put(count.key(), count.isDone() ? tasks.size() : names(tasks));
        }
        describe();
    }

    private static List<String> names(List<SubmittedTask> tasks) {
        return tasks.stream().map(task -> task.folder().name()).toList();
    }

    private void describe() {
        try {
            folder.describe(description);
        } catch (IOException failed) {
            warn(failed);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (git != null) {
            git.interrupt(); // its answer would not be written any longer
        }
        try (journal) {
            jobs.close();
        } catch (IOException failed) {
            warn(failed);
        }
    }

    /** Warns once, because a full disk stays full for a while. */
    private synchronized void warn(IOException failed) {
        if (isWarned) {
            return;
        }
        isWarned = true;
        listener.warning("The record of this run, " + folder.path() + ", is not complete: " + Failures.reason(failed));
    }

    private static WorkspaceException cannotWrite(IOException failed) {
        return WorkspaceException.of("Cannot write the record of this run: " + Failures.reason(failed))
                .advice("make room or change the permissions; jobs that run go on, and the next run finds them")
                .cause(failed)
                .build();
    }
}
