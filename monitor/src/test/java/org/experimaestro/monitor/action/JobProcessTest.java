package org.experimaestro.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobProcessTest {
    @TempDir
    Path folder;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("cat", "-", "a file")
                .directory(folder.toFile())
                .start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void of_process_showsWhoseItIsAndWhereItWorks() throws Exception {
        JobProcess shown = JobProcess.of(process.pid());

        assertThat(shown.owner().isThisUser()).isTrue();
        assertThat(Files.isSameFile(shown.folder(), folder)).isTrue();
        assertThat(shown.group()).isNotEqualTo(process.pid());
        assertThat(shown.command()).isEqualTo("cat\0-\0a file");
        assertThat(shown.target()).isEqualTo(Long.toString(process.pid()));
    }

    /** As on macOS. */
    @Test
    void listed_process_showsTheSame() throws Exception {
        assumeTrue(isInstalled("lsof"), "there is no lsof");
        JobProcess shown = JobProcess.of(process.pid());
        JobProcess listed = JobProcess.listed(process.pid());

        assertThat(listed.owner().number()).isEqualTo(shown.owner().number());
        assertThat(listed.group()).isEqualTo(shown.group());
        assertThat(listed.folder()).isEqualTo(folder.toRealPath());
        assertThat(listed.command()).isEqualTo("cat - a file");
        assertThatThrownBy(() -> JobProcess.listed(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
    }

    private static boolean isInstalled(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
