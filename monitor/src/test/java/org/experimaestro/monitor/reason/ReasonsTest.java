package org.experimaestro.monitor.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.reason.Reason.Kind;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.PreparedConfig;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reasons in workspaces that are written as runs write them. */
class ReasonsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private Workspace workspace;
    private RunFolder run;
    private RunFolder.JobList jobs;
    private RunJournal journal;

    @BeforeEach
    void openRun() throws IOException {
        workspace = Workspace.open(folder);
        run = workspace.experiment("grid").newRun(Instant.now());
        jobs = run.openJobs();
        journal = run.openJournal();
        describe(ProcessIdentity.current(), null);
    }

    @AfterEach
    void closeRun() throws IOException {
        jobs.close();
        journal.close();
    }

    private void describe(ProcessIdentity process, @Nullable String outcome) throws IOException {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("file", "/plans/it's.yaml");
        description.put("overrides", List.of("k1=0.9"));
        description.put("arguments", List.of());
        description.put("process", process.toJson());
        if (outcome != null) {
            description.put("ended", "2026-11-28T12:00:00.000Z");
            description.put("outcome", outcome);
        }
        run.describe(description);
    }

    private JobFolder submit(int number, JobFolder... dependencies) throws IOException {
        JobFolder job = workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
        List<String> names = List.of(dependencies).stream().map(JobFolder::name).toList();
        jobs.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), Map.of(), names, "local", NOW));
        return job;
    }

    private void event(JobFolder job, String phase, RunLimit... limits) throws IOException {
        journal.add(
                new RunEvent(NOW, job.name(), phase, OptionalInt.empty(), "", List.of(limits), "", Optional.empty()));
    }

    private static void claim(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "grid");
        job.write("""
                {"format": 1, "identifierFormat": 1, "value": "@task", "configurations": {"task": {
                  "type": "a.learn", "version": 1, "class": "T", "id": "%s", "parameters": {}}}}
                """.formatted(job.id()), "");
    }

    private Attempt begin(JobFolder job) throws IOException {
        claim(job);
        Attempt attempt = job.attempt(1);
        attempt.begin(ProcessIdentity.current(), NOW.toEpochMilli());
        return attempt;
    }

    private Reason reason(JobFolder job) {
        JobsView stored = WorkspaceIndex.open(workspace).view();
        JobsView view = SubmittedJobs.addTo(workspace, stored);
        return new Reasons(workspace, view)
                .find(view.find(job.name()).orElseThrow())
                .orElseThrow();
    }

    @Test
    void find_fullMachine_namesTheHolders() throws IOException {
        RunLimit here = new RunLimit(RunLimit.HERE, 1, 1);
        JobFolder holder = submit(1);
        JobFolder waiting = submit(2);
        event(holder, "READY", here);
        event(waiting, "READY", here);
        event(holder, "RUNNING");
        Reason reason = reason(waiting);
        assertThat(reason.kind()).isEqualTo(Kind.PLACE);
        assertThat(reason.subject()).isEqualTo("1 of 1 jobs of this machine are taken");
        assertThat(reason.jobs()).containsExactly(holder.name());
        assertThat(reason.advice()).contains("runs set grid/" + run.name() + " --jobs N");
    }

    @Test
    void find_pausedRun_tellsSinceWhen_andHowToResume() throws IOException {
        JobFolder job = submit(1);
        event(job, "READY", new RunLimit(RunLimit.HERE, 1, 1));
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("process", ProcessIdentity.current().toJson());
        description.put(RunFolder.PAUSED, "2026-11-28T12:00:00.000Z");
        run.describe(description);

        Reason reason = reason(job);
        assertThat(reason.kind()).isEqualTo(Kind.PAUSED);
        assertThat(reason.asOf()).contains(NOW);
        assertThat(reason.advice()).isEqualTo("resume it: experimaestro runs resume grid/" + run.name());
        description.put("ended", "2026-11-28T13:00:00.000Z");
        description.put("outcome", "STOPPED");
        run.describe(description);
        assertThat(reason(job).kind()).isEqualTo(Kind.NOT_RUN);
    }

    @Test
    void find_jobThatItsRunDoesNotStart_tellsWhy() throws IOException {
        JobFolder left = submit(1);
        JobFolder withheld = submit(2);
        journal.add(new RunEvent(NOW, left.name(), RunEvent.LEFT_OUT, OptionalInt.empty(), "left out by --only k1=2"));
        journal.add(new RunEvent(
                NOW, withheld.name(), RunEvent.NOT_STARTED, OptionalInt.empty(), "because of --fail-fast: x failed"));

        assertThat(reason(left).kind()).isEqualTo(Kind.LEFT_OUT);
        assertThat(reason(left).subject()).isEqualTo("it was left out by --only k1=2 of its run grid/" + run.name());
        assertThat(reason(withheld).kind()).isEqualTo(Kind.NOT_RUN);
        assertThat(reason(withheld).subject()).endsWith("has not started it, because of --fail-fast: x failed");
    }

    @Test
    void find_jobOfAPrepareStep_namesTheConfiguration() throws IOException {
        JobFolder waiting = submit(1);
        JobFolder skipped = submit(2);
        JobFolder notNeeded = submit(3);
        event(waiting, "WAITING");
        String since = "since the preparation of a.corpus/1 failed: no network";
        journal.add(new RunEvent(NOW, skipped.name(), "SKIPPED", OptionalInt.empty(), since));
        journal.add(new RunEvent(NOW, notNeeded.name(), RunEvent.NOT_NEEDED, OptionalInt.empty(), "not needed: …"));
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("process", ProcessIdentity.current().toJson());
        description.put(
                PreparedConfig.MEMBER,
                List.of(
                        new PreparedConfig("a.corpus/1", PreparedConfig.FAILED, 1, "no network").json(),
                        new PreparedConfig("a.corpus/2", PreparedConfig.RUNNING, 0, "").json()));
        run.describe(description);

        assertThat(reason(waiting).subject()).isEqualTo("its run prepares a.corpus/2");
        assertThat(reason(skipped).subject()).isEqualTo("its run grid/" + run.name() + " has skipped it, " + since);
        assertThat(reason(notNeeded).kind()).isEqualTo(Kind.LEFT_OUT);
        assertThat(reason(notNeeded).subject()).contains("no job that uses its result was to run");
    }

    @Test
    void find_failedJobWhoseRetryIsWithheld_tellsThatToo() throws IOException {
        JobFolder job = submit(1);
        begin(job).failed(FailureCause.EXCEPTION, "broken", null);
        journal.add(new RunEvent(
                NOW, job.name(), RunEvent.NOT_STARTED, OptionalInt.empty(), "because of --fail-fast: x failed"));
        assertThat(reason(job).subject()).isEqualTo("threw an exception: broken");

        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put(RunFolder.MAX_FAILURES, 1);
        description.put("ended", "2026-11-28T13:00:00.000Z");
        description.put("outcome", "FAILED");
        run.describe(description);
        assertThat(reason(job).subject())
                .isEqualTo("threw an exception: broken; its run grid/" + run.name()
                        + " has not tried it again, because of --fail-fast: x failed");
    }

    @Test
    void find_jobThatWaitsForItsNextAttempt_tellsTheDecisionAndTheTime() throws IOException {
        JobFolder job = submit(1);
        begin(job).failed(FailureCause.OUT_OF_MEMORY, "full", null);
        Instant at = Instant.now().plusSeconds(60);
        journal.add(new RunEvent(
                NOW,
                job.name(),
                "WAITING",
                OptionalInt.empty(),
                "attempt 2 of 4, memory 8G → 16G; attempt 1 ran out of heap",
                List.of(),
                "",
                Optional.of(at)));

        Reason reason = reason(job);

        assertThat(reason.kind()).isEqualTo(Kind.RETRY);
        assertThat(reason.subject()).isEqualTo("attempt 2 of 4, memory 8G → 16G; attempt 1 ran out of heap");
        assertThat(reason.expectedStart()).isPresent();
        assertThat(reason.advice())
                .isEqualTo("try it now: experimaestro runs retry grid/" + run.name() + " " + job.name());
    }

    @Test
    void find_severalLimits_namesTheOneWithoutRoom() throws IOException {
        RunLimit here = new RunLimit(RunLimit.HERE, 1, 8);
        RunLimit gpu = new RunLimit(RunLimit.nameOf(RunLimit.JOBS, "gpu"), 1, 2);
        JobFolder holder = submit(1);
        JobFolder cores = submit(2);
        JobFolder jobsOfGpu = submit(3);
        event(holder, "READY", here, new RunLimit(RunLimit.nameOf("cores", "cpu"), 3, 4), gpu);
        event(holder, "RUNNING");
        event(cores, "READY", here, new RunLimit(RunLimit.nameOf("cores", "cpu"), 2, 4));
        event(jobsOfGpu, "READY", here, new RunLimit(RunLimit.nameOf(RunLimit.JOBS, "gpu"), 2, 2));
        assertThat(reason(cores).kind()).isEqualTo(Kind.RESOURCES);
        assertThat(reason(cores).subject()).isEqualTo("3 of 4 cores of the launcher cpu are taken, and it needs 2");
        assertThat(reason(jobsOfGpu).kind()).isEqualTo(Kind.LAUNCHER_LIMIT);

        event(holder, "DONE"); // what has ended holds nothing
        assertThat(reason(cores).jobs()).isEmpty();
        assertThat(reason(cores).subject()).isEqualTo("0 of 8 jobs of this machine are taken; other jobs come first");
        assertThat(reason(cores).advice()).isEqualTo("wait until its turn comes");
    }

    @Test
    void find_tokensOfOthers_namesThoseThatHoldThemNow() throws IOException {
        JobFolder holder = submit(1);
        JobFolder waiting = submit(2);
        TokenDesk desk = new TokenDesk(
                new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens),
                InstantSource.system());
        desk.declare("licence", 1);
        desk.ask(holder.name(), "", new TreeMap<>(Map.of("licence", 1L)), 0);
        desk.ask(waiting.name(), "", new TreeMap<>(Map.of("licence", 1L)), 0);
        event(waiting, "READY", new RunLimit(RunLimit.nameOfTokens("licence"), 1, 1));
        journal.add(new RunEvent(
                NOW,
                waiting.name(),
                "READY",
                OptionalInt.empty(),
                "",
                List.of(),
                "token licence: 1 of 1 held by somebody",
                Optional.empty()));

        assertThat(reason(waiting).kind()).isEqualTo(Kind.TOKENS);
        assertThat(reason(waiting).subject()).isEqualTo("token licence: 1 of 1 held by " + holder.name());
        assertThat(reason(waiting).jobs()).containsExactly(holder.name());

        // A later job of the same run has not asked: its run asks for no more than there is.
        JobFolder later = submit(3);
        event(later, "READY", new RunLimit(RunLimit.HERE, 1, 4), new RunLimit(RunLimit.nameOfTokens("licence"), 1, 1));
        assertThat(reason(later).kind()).isEqualTo(Kind.TOKENS);
        assertThat(reason(later).subject())
                .isEqualTo("token licence: 1 of 1 held by " + holder.name() + "; other jobs of its run come first");

        // What only its run knows, such as tokens of the machine, is that of the journal.
        desk.close();
        assertThat(reason(waiting).subject()).isEqualTo("token licence: 1 of 1 held by somebody");
        assertThat(reason(waiting).asOf()).contains(NOW);
    }

    @Test
    void find_dependencies_distinguishesNotDoneFailedAndDeleted() throws IOException {
        JobFolder first = submit(1);
        JobFolder second = submit(2, first);
        JobFolder third = submit(3, second);
        event(second, "WAITING");
        event(third, "WAITING");
        begin(first);
        assertThat(reason(second).kind()).isEqualTo(Kind.DEPENDENCY);
        assertThat(reason(second).subject()).endsWith("which is running");

        first.attempt(1).failed(FailureCause.EXCEPTION, "java.io.IOException: full\n\tat x", 1);
        assertThat(reason(first).subject()).isEqualTo("threw an exception: java.io.IOException: full");
        // Also a job that depends on it only through another one names the cause.
        assertThat(reason(third).kind()).isEqualTo(Kind.DEPENDENCY_FAILED);
        assertThat(reason(third).jobs()).containsExactly(first.name());
    }

    @Test
    void find_deletedDependency_isSaid() throws IOException {
        JobFolder first = submit(1);
        JobFolder second = submit(2, first);
        event(first, "DONE");
        event(second, "WAITING");
        describe(ProcessIdentity.current(), "STOPPED");
        assertThat(reason(second).kind()).isEqualTo(Kind.DEPENDENCY_DELETED);
        assertThat(reason(second).jobs()).containsExactly(first.name());
    }

    @Test
    void find_endedPlan_hasTheCommandThatRunsItAgain() throws IOException {
        JobFolder job = submit(1);
        ProcessIdentity self = ProcessIdentity.current();
        describe(
                new ProcessIdentity(
                        self.host(), self.boot(), self.pid(), self.start() + 1, self.machine(), self.processes()),
                null);
        Reason reason = reason(job);
        assertThat(reason.kind()).isEqualTo(Kind.NOT_RUN);
        assertThat(reason.subject()).contains("has ended without recording the end");
        assertThat(reason.advice())
                .isEqualTo("experimaestro run-experiment --workdir " + folder + " -c k1=0.9 '/plans/it'\\''s.yaml'");
    }

    @Test
    void find_batchJob_hasTheSystemsReasonAndExpectedStart() throws IOException {
        JobFolder job = submit(1);
        claim(job);
        job.attempt(1).recordBatchJob(new BatchJobReference("cluster", "slurm", "77_1", "", NOW));
        Instant start = NOW.plusSeconds(3600);
        journal.add(new RunEvent(
                NOW,
                job.name(),
                "RUNNING",
                OptionalInt.empty(),
                "",
                List.of(),
                "PENDING (Priority)",
                Optional.of(start)));
        Reason reason = reason(job);
        assertThat(reason.kind()).isEqualTo(Kind.LAUNCHER);
        assertThat(reason.subject()).isEqualTo("cluster has it as job 77_1: PENDING (Priority)");
        assertThat(reason.expectedStart()).contains(start);
        assertThat(reason.asOf()).contains(NOW);
        assertThat(reason.advice()).contains("scontrol show job 77_1");
    }

    @Test
    void state_failedJobThatARunTriesAgain_isNewUntilItsAttemptIsThereOrTheRunIsOver() throws IOException {
        JobFolder job = submit(1);
        begin(job).failed(FailureCause.EXCEPTION, "no", 1);
        event(job, "FAILED");
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        assertThat(state(index, job)).isEqualTo(JobState.FAILED);

        for (String phase : List.of("WAITING", "READY", "RUNNING")) {
            event(job, phase);
            assertThat(state(index, job)).as(phase).isEqualTo(JobState.NEW);
            assertThat(state(WorkspaceIndex.open(workspace), job)).isEqualTo(JobState.NEW);
        }
        describe(ProcessIdentity.current(), "STOPPED");
        assertThat(state(index, job)).isEqualTo(JobState.FAILED);

        describe(ProcessIdentity.current(), null);
        index.reread();
        assertThat(state(index, job)).isEqualTo(JobState.NEW);
        journal.add(new RunEvent(NOW, job.name(), "RUNNING", OptionalInt.of(2), ""));
        assertThat(state(index, job)).isEqualTo(JobState.FAILED);
    }

    private static JobState state(WorkspaceIndex index, JobFolder job) {
        index.refresh();
        return index.job(job.name()).orElseThrow().state();
    }

    @Test
    void turns_linesThatAreAdded_areReadOnce_andChangeNoEarlierTurns() throws IOException {
        JobFolder job = submit(1);
        event(job, "READY", new RunLimit(RunLimit.HERE, 1, 4));
        RunTurns first =
                RunTurns.of(WorkspaceIndex.open(workspace).view().runs().getFirst());
        assertThat(first.next()).isSameAs(first);
        event(job, "RUNNING");

        RunTurns second = first.next();

        assertThat(second.running()).isEqualTo(1);
        assertThat(second.used(new RunLimit(RunLimit.HERE, 1, 4))).isEqualTo(1);
        assertThat(second.placesHere()).contains(4L);
        assertThat(first.running()).isZero();
    }

    @Test
    void find_longChain_isFoundWithoutRecursion() throws IOException {
        JobFolder last = submit(1);
        begin(last);
        last.attempt(1).failed(FailureCause.EXCEPTION, "no", 1);
        JobFolder first = last;
        for (int i = 2; i < 3_000; i++) {
            last = submit(i, last);
        }
        assertThat(reason(last).jobs()).containsExactly(first.name());
    }
}
