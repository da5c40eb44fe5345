package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated run, whose live line and whose listing look at it at the same times. */
class TimeLeftTest {
    private static final int PLACES = 2;

    @TempDir
    private Path folder;

    private SampleWorkspace sample;
    private RunFolder run;
    /** A day ago, so that ends, which have the real time, are after the starts. */
    private Instant now = Instant.now().minus(Duration.ofDays(1));

    private TimeLeft live;
    private final List<SubmittedTask> open = new ArrayList<>();
    private final Map<SubmittedTask, Attempt> running = new LinkedHashMap<>();
    private final List<SubmittedTask> failed = new ArrayList<>();

    @BeforeEach
    void beginRun() throws IOException {
        sample = new SampleWorkspace(folder);
        run = sample.workspace().experiment("grid").newRun(now);
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        live = new TimeLeft(new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
        live.setJobsHere(PLACES);
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (int epochs = 1; epochs <= 14; epochs++) {
                SubmittedTask task = sample.submit(epochs, Placement.on(LauncherDefinition.local()));
                jobs.add(new RunFolder.SubmittedJob(
                        task.typeId(), task.id(), Map.of("epochs", epochs), List.of(), "local", now));
                live.submitted(task);
                open.add(task);
            }
        }
    }

    private void change(RunJournal journal, SubmittedTask task, Phase phase, OptionalInt attempt) throws IOException {
        live.changed(task, phase);
        journal.add(new RunEvent(
                now,
                task.folder().name(),
                phase.name(),
                attempt,
                "",
                phase == Phase.READY ? List.of(new RunLimit(RunLimit.HERE, 1, PLACES)) : List.of(),
                "",
                Optional.empty()));
    }

    private void start(RunJournal journal, SubmittedTask task) throws IOException {
        change(journal, task, Phase.READY, OptionalInt.empty());
        Attempt attempt = SampleWorkspace.begin(task.folder(), ProcessIdentity.current(), now);
        change(journal, task, Phase.RUNNING, OptionalInt.of(attempt.number()));
        running.put(task, attempt);
    }

    private void end(RunJournal journal, SubmittedTask task, boolean isDone, Instant started) throws IOException {
        Attempt attempt = running.remove(task);
        if (isDone) {
            attempt.done(started.toEpochMilli(), Map.of(), null);
        } else {
            attempt.failed(FailureCause.EXCEPTION, "no", 1);
            failed.add(task);
        }
        change(journal, task, isDone ? Phase.DONE : Phase.FAILED, OptionalInt.of(attempt.number()));
    }

    private Optional<Duration> listed() {
        JobsView view = WorkspaceIndex.open(sample.workspace()).view();
        RunView viewed = view.runs().getFirst();
        return new Forecasts(view, now).run(viewed, RunTurns.of(viewed)).left();
    }

    @Test
    void estimate_atEachStepOfARunWithRetries_isThatOfTheListing() throws IOException {
        Random random = new Random(5);
        int told = 0;
        try (RunJournal journal = run.openJournal()) {
            while (!open.isEmpty() || !running.isEmpty() || !failed.isEmpty()) {
                if (running.size() < PLACES && !open.isEmpty()) {
                    start(journal, open.removeFirst());
                } else if (!running.isEmpty()) {
                    SubmittedTask task = running.keySet().iterator().next();
                    end(journal, task, random.nextInt(3) > 0, Instant.now().minusSeconds(500 + random.nextInt(200)));
                } else {
                    SubmittedTask again = failed.removeFirst();
                    change(journal, again, Phase.WAITING, OptionalInt.empty());
                    open.add(again);
                }
                now = now.plusSeconds(60);
                Optional<Duration> shown = live.estimate();
                told += shown.isPresent() ? 1 : 0;
                shown.ifPresent(left -> assertThat(listed()).contains(left));
            }
        }
        assertThat(told).isGreaterThan(10);
    }
}
