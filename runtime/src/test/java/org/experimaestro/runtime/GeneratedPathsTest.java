package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedPathsTest {
    @TempDir
    Path folder;

    /** Linux opens the folder of the network of a process that has ended and was not waited for, and fails to read it. */
    @Test
    void missing_folderThatOpensAndCannotBeRead_isMissing() throws Exception {
        // The child ends once its parent is no shell any more, which might wait for it.
        String script = "p=$$; until [ \"$(cat /proc/$p/comm)\" = sleep ]; do :; done & echo $!; exec sleep 60";
        Process parent = new ProcessBuilder("sh", "-c", script).start();
        try {
            Path ended = Path.of("/proc", parent.inputReader().readLine());
            assumeTrue(Files.exists(ended), "this system shows no processes in /proc");
            while (!isZombie(ended)) {
                Thread.onSpinWait();
            }
            ConfigNode<?> makes =
                    (ConfigNode<?>) Node.of(JobTasks.config(JobTasks.Makes.class, "file", true, "folder", true));
            Files.createSymbolicLink(folder.resolve("out"), ended.resolve("net"));

            assertThat(GeneratedPaths.missing(makes, folder)).startsWith("made (out/file.txt), ");
            Files.delete(folder.resolve("out"));
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static boolean isZombie(Path process) throws IOException {
        return Files.readString(process.resolve("stat")).contains(") Z ");
    }
}
