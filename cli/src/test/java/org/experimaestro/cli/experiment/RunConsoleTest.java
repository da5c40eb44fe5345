package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.Config;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.RunMode;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.HostileText;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.engine.HookedRequest;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.code.CodeChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostile text in what batch systems, hosts and jobs of other people tell a run. */
class RunConsoleTest {
    @TempDir
    private Path place;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(place);
    }

    @ParameterizedTest
    @EnumSource
    void reasonForWaiting_ofABatchSystem_isOneLine(HostileText hostile) throws IOException {
        SubmittedTask task = task(sample.store(learn()), hostile);

        String printed = printed(RunMode.NORMAL, console -> console.statusChanged(task, hostile.text()));

        HostileText.assertHarmless(printed);
        assertThat(printed).startsWith("waits    sample.learn/").hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void retry_withTheWordsOfATask_actsOnNothing(HostileText hostile) throws IOException {
        SubmittedTask task = task(sample.store(learn()), hostile);

        String printed =
                printed(RunMode.NORMAL, console -> console.triedAgain(task, "attempt 2; at " + hostile.text()));

        HostileText.assertHarmless(printed);
        assertThat(printed).startsWith("again    sample.learn/").contains(": attempt 2; at ");
    }

    @ParameterizedTest
    @EnumSource
    void dryRun_jobOfALauncher_isOneLine(HostileText hostile) throws IOException {
        JobFolder job = sample.store(learn());
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1)
                .recordBatchJob(new BatchJobReference(hostile.text(), "slurm", hostile.text(), "", Instant.now()));
        SubmittedTask task = task(job, hostile);

        String printed = printed(RunMode.DRY_RUN, console -> console.submitted(task));

        HostileText.assertHarmless(printed);
        assertThat(printed).contains("  queued: ").hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void dryRun_jobThatRanOtherCode_namesItOnItsLine(HostileText hostile) throws IOException {
        JobFolder job = sample.store(learn());
        SampleWorkspace.done(job);
        CodeChange change =
                new CodeChange(new TreeSet<>(Set.of("p.Fit", "p.Line")), new TreeSet<>(Set.of(hostile.text())));
        SubmittedTask task = task(job, hostile, change);

        String printed = printed(RunMode.DRY_RUN, console -> console.submitted(task));

        HostileText.assertHarmless(printed);
        assertThat(printed)
                .contains("  done, with other code: classes p.Fit, p.Line; jar ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void corruptJob_ofAnybody_actsOnNothing(HostileText hostile) throws IOException {
        JobFolder job = sample.store(learn());
        SampleWorkspace.done(job);
        Files.writeString(job.path().resolve(".experimaestro/done.json"), "{\"format\": " + hostile.text());
        SubmittedTask task = task(job, hostile);

        HostileText.assertHarmless(printed(RunMode.DRY_RUN, console -> console.submitted(task)));
        HostileText.assertHarmless(printed(RunMode.NORMAL, console -> console.ended(failed(task, job.status()))));
    }

    @ParameterizedTest
    @EnumSource
    void failedJob_messageAndLog_stayBehindTheirBar(HostileText hostile) throws IOException {
        JobFolder job = sample.store(learn());
        SampleWorkspace.begin(job, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, hostile.text(), 1);
        Files.writeString(job.standardError(1), hostile.text() + "\n");
        SubmittedTask task = task(job, hostile);

        String printed = printed(RunMode.NORMAL, console -> {
            console.changed(task, Phase.FAILED);
            console.failed(task, new JobResult(job.status()));
            console.warning(hostile.text());
            console.ended(failed(task, job.status()));
            console.stopped(account(task, job.status(), JobCount.LEFT));
            console.stopped(account(task, job.status(), JobCount.NOT_STARTED));
        });

        HostileText.assertHarmless(printed);
        assertThat(printed.lines().filter(line -> line.startsWith("forged", line.indexOf("| ") + 2)))
                .allMatch(line -> line.startsWith("    | "));
    }

    @ParameterizedTest
    @EnumSource
    void liveLine_anyText_isOneLineOfTheTerminal(HostileText hostile) {
        String shown = LiveLine.fitted(hostile.text() + " ".repeat(200), 80).toString();

        HostileText.assertHarmless(shown);
        assertThat(shown).doesNotContain("\n", "\t").hasSizeLessThan(80);
    }

    private static Config<?> learn() {
        return SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 1);
    }

    private static SubmittedTask task(JobFolder job, HostileText hostile) {
        return task(job, hostile, CodeChange.NONE);
    }

    private static SubmittedTask task(JobFolder job, HostileText hostile, CodeChange change) {
        var tags = new TreeMap<String, Object>();
        tags.put(hostile.text(), hostile.text());
        return new SubmittedTask(
                (ConfigNode<?>) Node.of(learn()),
                job,
                tags,
                List.of(),
                List.of(),
                new HookedRequest(Launcher.local(), List.of()),
                null,
                RetryPolicy.none(),
                IsolationSetting.NONE,
                FirstDefaults.of(List.of()),
                job.status(),
                Set.of(),
                change);
    }

    @Test
    void failure_jobThatWasRefused_namesNoLog() throws IOException {
        JobFolder job = sample.store(learn());
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).refused(ProcessIdentity.current(), FailureCause.REFUSED, "no such partition");
        SubmittedTask task = task(job, HostileText.values()[0]);

        String printed = printed(RunMode.NORMAL, console -> console.ended(failed(task, job.status())));

        assertThat(printed).contains("no such partition").doesNotContain("log: ");
    }

    /** The job's files have the failure alone; the run knows why it is not tried again. */
    @Test
    void failure_withoutAnotherTry_saysWhy() throws IOException {
        SubmittedTask task = task(sample.store(learn()), HostileText.values()[0]);
        JobStatus failed =
                new JobStatus.Failed(FailureCause.MEMORY_LIMIT, "killed; it is not tried again: no host has 64G");

        String printed = printed(RunMode.NORMAL, console -> {
            console.changed(task, Phase.FAILED);
            console.failed(task, new JobResult(failed));
        });

        assertThat(printed)
                .startsWith("FAILED   ")
                .contains("it is not tried again: no host has 64G")
                .hasLineCount(1);
    }

    private RunResult failed(SubmittedTask task, JobStatus status) {
        return new RunResult(Outcome.FAILED, account(task, status, JobCount.FAILED), place);
    }

    private static RunAccount account(SubmittedTask task, JobStatus status, JobCount count) {
        return new RunAccount(List.of(job(task, status, count, true)), false);
    }

    private static RunAccount.Job job(SubmittedTask task, JobStatus status, JobCount count, boolean isOwn) {
        return new RunAccount.Job(task, count, new JobResult(status), isOwn);
    }

    @Test
    void stop_thatEndsJobs_leavesThoseOfOtherRuns() throws IOException {
        SubmittedTask own = running(1);
        SubmittedTask ofAnother = running(2);
        RunAccount account = new RunAccount(
                List.of(
                        job(own, own.folder().status(), JobCount.LEFT, true),
                        job(ofAnother, ofAnother.folder().status(), JobCount.LEFT, false)),
                false);

        String printed = printed(RunMode.NORMAL, console -> {
            console.onStop(StopAction.KILL);
            console.stopping(account);
        });

        assertThat(printed)
                .contains("Ending it …\n    " + own.folder().name() + " goes on: ") // it is this process
                .contains("    " + ofAnother.folder().name() + " goes on: another run has started it");
    }

    private SubmittedTask running(int seed) throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(seed, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.begin(job, ProcessIdentity.current(), Instant.now());
        return task(job, HostileText.values()[0]);
    }

    private interface Told {
        void to(RunConsole console);
    }

    private static String printed(RunMode mode, Told told) {
        return CommandLineRun.of(() -> {
                    try (RunConsole console = RunConsole.open(mode)) {
                        told.to(console);
                    }
                    return 0;
                })
                .text();
    }
}
