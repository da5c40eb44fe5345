package org.experimaestro.web.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.web.RawResponse;
import org.experimaestro.web.ServedWorkspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that cannot be read is told in its own words, as no mistake of the question and no fault of the program. */
class DamagedFileTest {
    @TempDir
    Path folder;

    @Test
    void log_ofAJobWithAStrangeAttempt_namesTheFile() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            Files.writeString(served.job().internalFolder().resolve("attempt-01.json"), "{}");

            RawResponse response = served.script().get(served.jobPath() + "/log");

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.body())
                    .contains("Cannot read the workspace", "attempt-01")
                    .doesNotContain("fault");
        }
    }

    @Test
    void trash_thatCannotBeListed_isNamed() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            Path trash = served.written().workspace().root().resolve("trash");
            Files.createDirectories(trash.getParent());
            Files.createSymbolicLink(trash, trash.getFileName());

            RawResponse asked = served.script().get("/api/1/trash");
            RawResponse undone = served.script().post("/api/1/actions/undo", "{\"entry\": \"x\"}");

            assertThat(asked.status()).isEqualTo(500);
            assertThat(undone.status()).isEqualTo(500);
            assertThat(undone.body()).contains(trash.toString());
        }
    }

    @Test
    void workspace_thatIsMovedAway_isNotShownAsAnEmptyOne() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            Path root = served.written().workspace().root();
            Path elsewhere = root.resolveSibling("elsewhere");
            Files.move(root, elsewhere);

            RawResponse gone = served.script().get("/api/1/workspace");

            assertThat(gone.status()).isEqualTo(500);
            assertThat(gone.body()).contains(root + ": it is not there any more");
            Files.move(elsewhere, root);
            assertThat(served.script().get("/api/1/workspace").status()).isEqualTo(200);
        }
    }

    @Test
    void jobs_thatDoNotExist_areNotFound() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            assertThat(served.script()
                            .get("/api/1/compare?jobs=sample.learn,ffff")
                            .status())
                    .isEqualTo(404);
            assertThat(served.script().get("/api/1/jobs?q=state=").status()).isEqualTo(400);
        }
    }
}
