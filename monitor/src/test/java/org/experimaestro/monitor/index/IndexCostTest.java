package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.DisturbedFileSystem;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many operations on files a refresh costs: what changes, and not what is there. */
class IndexCostTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
    private static final int MANY = 400;

    @TempDir
    private Path folder;

    private int operations;

    @Test
    void refresh_oneOfManyJobsEnds_costsAFewOperationsAndTheSlice() throws Exception {
        Workspace workspace = Workspace.open(folder);
        RunFolder run = workspace.experiment("grid").newRun(Instant.EPOCH);
        try (RunFolder.JobList jobs = run.openJobs();
                RunJournal journal = run.openJournal()) {
            for (int i = 1; i <= MANY; i++) {
                JobFolder job = job(workspace, i);
                jobs.add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of(), List.of(), "local", Instant.EPOCH));
                job.claim(ProcessIdentity.current(), "grid");
                job.attempt(1).done(1, Map.of(), null);
            }
            WorkspaceIndex index = WorkspaceIndex.open(Workspace.view(counted()), LATER, null, WorkspaceIndex.SLICE);
            JobFolder job = job(workspace, MANY + 1);
            jobs.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), Map.of(), List.of(), "local", Instant.EPOCH));
            job.claim(ProcessIdentity.current(), "grid");
            journal.add(new RunEvent(Instant.now(), job.name(), "RUNNING", OptionalInt.of(1), ""));
            int begun = refresh(index);
            job.attempt(1).done(1, Map.of(), null);
            int ended = refresh(index);
            int nothing = refresh(index);

            assertThat(begun).isBetween(WorkspaceIndex.SLICE, WorkspaceIndex.SLICE + 24);
            assertThat(ended).isBetween(WorkspaceIndex.SLICE, WorkspaceIndex.SLICE + 41);
            assertThat(nothing).isBetween(WorkspaceIndex.SLICE, WorkspaceIndex.SLICE + 15);
            assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
        }
    }

    @Test
    void poll_hundredsOfFormerExperiments_costsNoMoreThanWithAFew() throws Exception {
        Workspace workspace = Workspace.open(folder);
        RunFolder live = workspace.experiment("live").newRun(Instant.now());
        live.describe(Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson()));
        for (int i = 1; i <= MANY; i++) {
            RunFolder former = workspace.experiment("former-" + i).newRun(Instant.EPOCH);
            former.describe(i % 2 == 0 ? Map.of("outcome", "DONE") : Map.of(RunFolder.PROCESS, dead()));
        }
        WorkspaceIndex index = WorkspaceIndex.open(Workspace.view(counted()), LATER, null, 0);
        index.poll(); // reads once more what processes may have written before their death
        int most = 0;
        for (int i = 0; i < MANY; i++) {
            operations = 0;
            index.poll();
            most = Math.max(most, operations);
        }

        assertThat(most).isLessThan(60);
    }

    private static Map<String, Object> dead() {
        ProcessIdentity current = ProcessIdentity.current();
        return new ProcessIdentity(
                        current.host(),
                        current.boot(),
                        current.pid(),
                        current.start() - 60_000,
                        current.machine(),
                        current.processes())
                .toJson();
    }

    private int refresh(WorkspaceIndex index) {
        operations = 0;
        index.refresh();
        return operations;
    }

    private Path counted() {
        return DisturbedFileSystem.disturb(folder, new Disturbance() {
            @Override
            public void before(Operation operation, Path path) {
                operations++;
            }
        });
    }

    private static JobFolder job(Workspace workspace, int number) throws IOException {
        return workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
    }
}
