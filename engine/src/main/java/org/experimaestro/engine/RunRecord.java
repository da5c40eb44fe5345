package org.experimaestro.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.provenance.CodeRecorder;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.PreparedConfig;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a run's files: its description, its submissions and its journal. The description gets one end, whichever
 * thread brings it first. Thread-safe: each write holds the lock.
 */
final class RunRecord implements AutoCloseable {
    /** The longest time that the end of a stopped run waits for its code to be stored. */
    private static final Duration LAST_CODE = Duration.ofSeconds(2);

    private static final String ENDED = "ended";
    private static final String STOPPED = "STOPPED";

    private final RunFolder folder;
    private final RunFolder.JobList jobs;
    private final RunListener listener;
    private final RunClock clock;
    private final RunJournal journal;
    private final Culprits culprits = new Culprits();
    private boolean isWarned;
    private final Map<String, @Nullable Object> description = new LinkedHashMap<>();
    private final CodeRecorder code;
    private final Map<String, Object> prepared = new LinkedHashMap<>();
    private boolean closed;

    private RunRecord(
            RunFolder folder,
            RunFolder.JobList jobs,
            RunJournal journal,
            CodeRecorder code,
            RunListener listener,
            RunClock clock) {
        this.folder = folder;
        this.jobs = jobs;
        this.journal = journal;
        this.code = code;
        this.listener = listener;
        this.clock = clock;
    }

    static RunRecord begin(
            Workspace workspace,
            ExperimentFolder experiment,
            ExperimentSetup setup,
            String planClass,
            RunListener listener,
            RunClock clock) {
        Instant now = clock.instant();
        try {
            RunFolder folder = experiment.newRun(now);
            CodeRecorder code = new CodeRecorder(setup.origin().plan(), workspace, setup.classPath());
            RunRecord record = new RunRecord(folder, folder.openJobs(), folder.openJournal(), code, listener, clock);
            record.description.putAll(RunDescription.of(setup, planClass));
            record.description.put("started", TimeText.of(now.toEpochMilli()));
            if (!setup.detached()) {
                record.requests().open(); // before anybody can see that the run has begun
            }
            folder.describe(record.description);
            code.begin(record::describe, listener::warning);
            listener.begun(folder);
            return record;
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    private synchronized void describe(String member, Object value) {
        if (!closed) {
            description.put(member, value);
            describe();
        }
    }

    /** Adds the names of the jars of which the class path of this run's jobs consists. */
    synchronized void describeCode(List<String> names) {
        description.put(RunFolder.CLASS_PATH, names);
        describe();
    }

    RunRequests requests() {
        return new RunRequests(folder);
    }

    /** Returns the names of the failed jobs for which others were skipped, as the journal has them. */
    Culprits culprits() {
        return culprits;
    }

    RunFolder folder() {
        return folder;
    }

    String name() {
        return folder.qualifiedName();
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

    /**
     * Records a new phase of a job. Only an end has a result: before, the result would be that of an earlier try.
     *
     * @param job the job
     * @param demands the amounts that it needs of the run's limits, if its turn begins
     */
    void changed(TaskJob job, List<Demand> demands) {
        switch (job.phase()) {
            case WAITING -> {
                culprits.forget(job);
                writeWaiting(job);
            }
            case READY, RUNNING -> write(event(job.task(), job.phase(), limits(demands), "", Optional.empty()));
            case SKIPPED ->
                write(event(
                        job.task(),
                        job.node().isWithheld() ? RunEvent.NOT_STARTED : Phase.SKIPPED.name(),
                        culprits.reason(job)));
            case DONE, FAILED -> ended(job);
        }
    }

    /** Writes that a job waits; for another attempt after a failure, also which one, and when. */
    private void writeWaiting(TaskJob job) {
        TaskJob.Retrial retrial = job.retrial();
        write(new RunEvent(
                Instant.ofEpochMilli(clock.millis()),
                job.task().folder().name(),
                Phase.WAITING.name(),
                OptionalInt.empty(),
                retrial == null ? "" : retrial.decision() + "; " + retrial.cause(),
                List.of(),
                "",
                retrial == null ? Optional.empty() : Optional.of(retrial.at())));
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

    /** Records a job that this run leaves out. */
    void leftOut(TaskJob job) {
        String phase = job.isNotNeeded() ? RunEvent.NOT_NEEDED : RunEvent.LEFT_OUT;
        write(event(job.task(), phase, job.leftOutBecause()));
    }

    private RunEvent event(SubmittedTask task, String phase, String message) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new RunEvent(now, task.folder().name(), phase, OptionalInt.empty(), message);
    }

    /** Records the start and the end of a prepare step; progress is not recorded. */
    synchronized void prepares(PrepareNews news) {
        boolean isStart = news.phase() == Phase.RUNNING && !prepared.containsKey(news.configuration());
        if (closed
                || description.containsKey(ENDED)
                || !isStart && !news.phase().isFinal()) {
            return;
        }
        PreparedConfig config = new PreparedConfig(
                news.configuration(),
                news.phase().name().toLowerCase(Locale.ROOT),
                news.taken().toMillis() / 1000.0,
                news.problem());
        prepared.put(news.configuration(), config.json());
        description.put(PreparedConfig.MEMBER, List.copyOf(prepared.values()));
        describe();
    }

    /** Records that the run has paused, or goes on. */
    synchronized void paused(boolean paused) {
        if (closed || description.containsKey(ENDED)) {
            return;
        }
        if (paused) {
            description.putIfAbsent(RunFolder.PAUSED, TimeText.of(clock.millis()));
        } else {
            description.remove(RunFolder.PAUSED);
        }
        describe();
    }

    /** Records how many jobs run at once here from now on. */
    synchronized void jobsHere(int jobs) {
        if (!closed && !description.containsKey(ENDED)) {
            description.put(RunFolder.JOBS_HERE, jobs);
            describe();
        }
    }

    /** Records that this run has claimed a job, and starts it. */
    void claimed(SubmittedTask task, int attempt) {
        write(task, Phase.RUNNING, OptionalInt.of(attempt), "");
    }

    /**
     * Records the state of a job at its launcher, or its wait for tokens.
     *
     * @param task the job
     * @param phase the job's phase: RUNNING at its launcher, READY while it waits for tokens
     * @param state the state; empty if the job waits for nothing any longer
     * @param expectedStart the time at which the batch system expects to start it
     */
    void waits(SubmittedTask task, Phase phase, String state, Optional<Instant> expectedStart) {
        write(event(task, phase, List.of(), state, expectedStart));
    }

    private RunEvent event(
            SubmittedTask task, Phase phase, List<RunLimit> limits, String state, Optional<Instant> expectedStart) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new RunEvent(
                now, task.folder().name(), phase.name(), OptionalInt.empty(), "", limits, state, expectedStart);
    }

    private static List<RunLimit> limits(List<Demand> demands) {
        List<RunLimit> limits = new ArrayList<>(demands.size());
        for (Demand demand : demands) {
            Limit limit = demand.limit();
            limits.add(new RunLimit(limit.toString(), demand.amount(), limit.whole()));
        }
        return limits;
    }

    private void write(SubmittedTask task, Phase phase, OptionalInt attempt, String message) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        write(new RunEvent(now, task.folder().name(), phase.name(), attempt, message));
    }

    /** Writes an event. The run goes on even if that fails, because the jobs' folders have the results. */
    private synchronized void write(RunEvent event) {
        try {
            journal.add(event);
        } catch (IOException failed) {
            warn(failed);
        }
    }

    /**
     * Records the end of the run. A failure is only a warning, because the jobs have ended and the user needs their
     * results.
     */
    void end(RunResult result) {
        code.await(); // without the lock, which the recorder needs
        describeEnd(result.outcome().name(), result.account());
    }

    /** Records the end of a run that was stopped before its end. */
    void stopped(RunAccount account) {
        code.await(LAST_CODE); // without the lock, which the recorder needs; somebody waits for the end
        describeEnd(STOPPED, account);
    }

    private synchronized void describeEnd(String outcome, RunAccount account) {
        if (!begunEnd(outcome)) {
            return;
        }
        description.put("jobs", account.total());
        for (JobCount count : JobCount.values()) {
            List<SubmittedTask> tasks = account.tasks(count);
            if (!count.isAbsentIfZero() || !tasks.isEmpty()) {
                description.put(count.key(), count.isDone() ? tasks.size() : names(tasks));
            }
        }
        describe();
    }

    /** Adds the time and the outcome of the end; returns false if another thread has recorded an end before. */
    private boolean begunEnd(String outcome) {
        if (description.containsKey(ENDED)) {
            return false;
        }
        description.remove(RunFolder.PAUSED);
        description.put(ENDED, TimeText.of(clock.millis()));
        description.put("outcome", outcome);
        return true;
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

    /** Closes the files. A run whose jobs could not even be begun has its end from here. */
    @Override
    public synchronized void close() {
        if (begunEnd(STOPPED)) {
            describe();
        }
        closed = true;
        code.close(); // what it finds would not be written any longer
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
