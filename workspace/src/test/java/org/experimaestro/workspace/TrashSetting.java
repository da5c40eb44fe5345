package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with one job and a trash, for the tests of the trash. */
abstract class TrashSetting {
    static final String TYPE = "a.learn";
    static final ConfigId ID = ConfigId.parse("0123456789abcdef0123456789abcdef");

    @TempDir
    Path folder;

    Path root;
    Workspace workspace;
    Trash trash;
    JobFolder job;

    @BeforeEach
    void make() throws IOException {
        root = folder.resolve("work");
        workspace = Workspace.open(root);
        trash = new Trash(workspace);
        job = workspace.job(TYPE, ID);
        job.write("{}", "");
        Files.writeString(job.path().resolve("model.bin"), "12345");
    }

    final void fail() throws IOException {
        int attempt = begin();
        job.attempt(attempt).failed(FailureCause.EXCEPTION, "no such word", 1);
    }

    final int begin() throws IOException {
        job.claim(ProcessIdentity.current(), "grid/20260131-120000");
        int attempt = job.status().lastAttempt().orElseThrow();
        job.attempt(attempt).begin(ProcessIdentity.current(), Instant.now().toEpochMilli());
        return attempt;
    }

    final void done() throws IOException {
        job.attempt(begin()).done(Instant.now().toEpochMilli(), Map.of("map", 0.5), null);
    }

    final String clean() {
        return TrashKiller.clean(trash, TYPE, ID);
    }

    final void undo(String entry) {
        try (TrashChange change = trash.change()) {
            trash.entry(entry).items().forEach(change::restore);
        }
    }

    final void requireRefused(String reason) {
        assertThatThrownBy(this::clean)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot move " + job.name() + " to the trash: ")
                .hasMessageContaining(reason);
        assertThat(trash.entries()).allMatch(entry -> !entry.items().isEmpty());
    }

    final boolean isJobInTheTrash(Path path) {
        return path.startsWith(WorkspaceLayout.trash(root)) && path.endsWith(ID.toString());
    }
}
