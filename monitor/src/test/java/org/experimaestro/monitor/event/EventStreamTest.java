package org.experimaestro.monitor.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void of_jobThatIsTriedAgain_hasTheTimeOfTheRetry_andNotTheErrorBefore() throws IOException {
        Workspace workspace = Workspace.open(folder);
        RunFolder run = workspace.experiment("grid").newRun(NOW);
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        JobFolder job = workspace.job("a.learn", ConfigId.parse("0".repeat(32)));
        job.claim(ProcessIdentity.current(), "grid");
        job.write("""
                {"format": 1, "identifierFormat": 1, "value": "@task", "configurations": {"task": {
                  "type": "a.learn", "version": 1, "class": "T", "id": "%s", "parameters": {}}}}
                """.formatted(job.id()), "");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        job.attempt(1).failed(FailureCause.EXCEPTION, "no space", null);
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        EventStream stream = new EventStream(workspace, index, Clock.fixed(NOW, ZoneOffset.UTC), problem -> {});
        stream.past();

        try (RunJournal journal = run.openJournal()) {
            journal.add(new RunEvent(NOW, job.name(), "WAITING", OptionalInt.empty(), ""));
        }
        List<WorkspaceEvent> events = stream.of(index.refresh());

        assertThat(events)
                .contains(new WorkspaceEvent.JobChange(
                        NOW, job.name(), JobState.FAILED, JobState.NEW, OptionalInt.of(1), "", List.of(), Map.of()));
    }
}
