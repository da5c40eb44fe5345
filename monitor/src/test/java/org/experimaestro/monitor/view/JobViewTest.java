package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobViewTest {
    @TempDir
    private Path folder;

    private JobFolder job;
    private JobView view;

    @BeforeEach
    void makeDoneJob() throws IOException {
        job = Workspace.open(folder).job("a.learn", ConfigId.parse("0123456789abcdef0123456789abcdef"));
        Attempt attempt = ((Claim.Granted) job.claim(ProcessIdentity.current(), "run")).attempt();
        attempt.recordBatchJob(new BatchJobReference("farm", "test", "1", "", Instant.now()));
        attempt.begin(ProcessIdentity.current(), 1);
        attempt.done(1, Map.of(), null);
        view = new JobView(job, job.status(), List.of(), List.of(), "", StoredParameters.of(job, true));
    }

    private void damage(String kind) throws IOException {
        try (Stream<Path> files = Files.list(job.path().resolve(".experimaestro"))) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith(kind))
                    .toList()) {
                Files.writeString(file, "{");
            }
        }
    }

    @Test
    void hostAndLauncher_ofAJobThatHasEnded_areReadOnce() throws IOException {
        assertThat(view.host()).contains(ProcessIdentity.current().host());
        assertThat(view.launcher()).contains("farm");
        damage("");

        assertThat(view.host()).contains(ProcessIdentity.current().host());
        assertThat(view.launcher()).contains("farm");
    }

    @Test
    void hostAndLauncher_beforeTheyAreAsked_areNotRead() throws IOException {
        damage("process-");

        assertThat(view.launcher()).contains("farm");
        assertThatThrownBy(view::host)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot read where attempt 1 ran");
    }
}
