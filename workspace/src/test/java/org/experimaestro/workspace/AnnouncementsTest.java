package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file with the announcements of a job, with lines that are damaged or too long. */
class AnnouncementsTest {
    private Announcements file;

    @BeforeEach
    void makeFolder(@TempDir Path folder) throws IOException {
        JobFolder job = Workspace.view(folder).job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        Files.createDirectories(job.internalFolder());
        file = job.announcements();
    }

    private static Announcement named(String name) {
        return new Announcement(1, Instant.EPOCH, name, Map.of());
    }

    @Test
    void read_damagedLine_isAProblemAndHidesNoOthers() throws IOException {
        file.append(named("one"));
        file.append(named("two"));
        file.append(named("three"));
        List<String> lines = Files.readAllLines(file.file());
        lines.set(1, "{");
        Files.write(file.file(), lines);

        List<WorkspaceException> problems = new ArrayList<>();
        assertThat(file.read(problems)).extracting(Announcement::name).containsExactly("one", "three");
        assertThat(problems).singleElement().satisfies(each -> assertThat(each).hasMessageContaining("line 2: "));
        assertThatThrownBy(file::read).isInstanceOf(WorkspaceException.class).hasMessageContaining("line 2: ");
    }

    @Test
    void append_lineThatCouldNotBeRead_isRefused() throws IOException {
        file.append(named("one"));

        assertThatThrownBy(() -> file.append(named("n".repeat(16 << 20))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("put large data into a file");
        assertThat(file.read()).containsExactly(named("one"));
    }
}
