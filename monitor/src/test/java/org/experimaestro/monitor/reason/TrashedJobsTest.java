package org.experimaestro.monitor.reason;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of the trash, while cleanings go on. */
class TrashedJobsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void current_cleanings_areSeenWhenTheyMoveJobs() throws IOException {
        Workspace workspace = Workspace.open(folder);
        TrashedJobs trashed = new TrashedJobs(workspace);
        assertThat(trashed.current()).isEmpty();

        JobFolder first = failed(workspace, "1");
        String entry = clean(workspace, first);
        Map<String, String> known = trashed.current();
        assertThat(known).containsExactly(Map.entry(first.name(), entry));
        assertThat(trashed.current()).isSameAs(known);

        // A cleaning that goes on has made its entry, and moves another job there.
        JobFolder second = failed(workspace, "2");
        Path moved = WorkspaceLayout.trash(folder).resolve(entry + "/jobs/" + second.name());
        assertThat(moved.getParent()).isDirectory();
        Files.move(second.path(), moved);
        assertThat(trashed.current()).containsEntry(second.name(), entry);
    }

    private static JobFolder failed(Workspace workspace, String digit) throws IOException {
        JobFolder job = workspace.job("a.learn", ConfigId.parse(digit.repeat(32)));
        job.write("{}", "");
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        job.attempt(1).failed(FailureCause.EXCEPTION, "no luck", null, null);
        return job;
    }

    private static String clean(Workspace workspace, JobFolder job) {
        CleanAction clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);
        clean.perform(clean.plan(List.of(job)), result -> {});
        return clean.entryName();
    }
}
