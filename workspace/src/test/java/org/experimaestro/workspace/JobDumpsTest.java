package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDumpsTest {
    @TempDir
    Path root;

    @Test
    void next_fileThatIsThere_isNeverTaken() throws IOException {
        JobFolder job = Workspace.open(root).job("test.job", ConfigId.parse("00000000000000030000000000000004"));
        JobDumps dumps = JobDumps.of(job);
        assertThat(dumps.list()).isEmpty();

        Path first = dumps.writeThreads(2, "main");
        Path second = dumps.writeThreads(2, "others");
        Files.createSymbolicLink(job.dumps().resolve("heap-2-1.hprof"), Path.of("nowhere"));

        assertThat(first).hasContent("main").hasFileName("threads-2-1.txt");
        assertThat(second).hasContent("others").hasFileName("threads-2-2.txt");
        assertThat(dumps.next(JobDumps.Kind.HEAP, 2)).hasFileName("heap-2-2.hprof");
        assertThat(dumps.list()).containsExactly(first, second);
        String path = "jobs/test.job/00000000000000030000000000000004/.experimaestro/dumps";
        assertThat(JobFiles.isLeftBehind(path)).isTrue();
        assertThat(JobFiles.isLeftBehind(path + "/heap-2-1.hprof")).isTrue();
        assertThat(JobFiles.isLeftBehind(path + "s")).isFalse();
    }
}
