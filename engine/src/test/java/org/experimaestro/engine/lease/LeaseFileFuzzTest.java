package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseFileFuzzTest {
    @TempDir
    private Path folder;

    @Test
    void read_anyFile_isReadOrThatOfNobody() throws Exception {
        Path file = folder.resolve("cores.json");
        String job = folder.resolve("jobs/a.b/0123456789abcdef0123456789abcdef").toString();
        new LeaseFile(List.of(new LeaseFile.Holder("one", job, ProcessIdentity.current(), 4))).write(file);
        Fuzz.of("lease-file")
                .seed(Files.readAllBytes(file))
                .words("\"amount\": ", "\"job\": ", "\"owner\": null,", "\"pid\": ")
                .bytes(bytes -> {
                    Files.write(file, bytes);
                    LeaseFile read = LeaseFile.read(file);
                    assertThat(read.alive().hasRoom(1, 0)).isNotNull();
                    assertThat(read.withoutJob(job).hasRoom(0, 0)).isTrue();
                });
    }
}
