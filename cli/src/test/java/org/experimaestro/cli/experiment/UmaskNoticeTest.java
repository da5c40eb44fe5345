package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class UmaskNoticeTest {
    @TempDir
    private Path jobs;

    @ParameterizedTest
    @CsvSource({
        "2775, Umask:\t0022, true",
        "2775, Umask:\t0077, true",
        "2775, Umask:\t0002, false",
        "0775, Umask:\t0022, false",
        "2755, Umask:\t0022, false",
        "2775, Name: a, false"
    })
    void find_umaskThatClosesWhatAGroupShares_isTold(String mode, String status, boolean isTold) throws IOException {
        Files.setAttribute(jobs, "unix:mode", Integer.parseInt(mode, 8));
        assertThat(UmaskNotice.find(jobs, "Name:\tjava\n" + status + "\nState: S\n")
                        .isPresent())
                .isEqualTo(isTold);
    }

    @Test
    void find_notice_namesTheGroupAndTheCommand() throws IOException {
        Files.setAttribute(jobs, "unix:mode", 02775);
        assertThat(UmaskNotice.find(jobs, "Umask:\t0022\n").orElseThrow())
                .startsWith("The umask is 0022, so the group ")
                .contains("which shares " + jobs)
                .endsWith("umask 002");
    }
}
