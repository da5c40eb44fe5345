package org.experimaestro.launcher.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.Test;

/** Any output of a host about itself, and about its processes. */
class DirectFuzzTest {
    private static final String HANDLE = "host:4711:123456:7f0c-boot:/home/a/.experimaestro/x%20y-0";

    @Test
    void machine_anyDescription_isReadOrRefused() {
        Fuzz.of("machine")
                .seeds("""
                        name=node1
                        system=Linux x86_64
                        cores=64
                        kibibytes=263856960
                        cuda=NVIDIA A100-SXM4-40GB, 40960
                        cuda=NVIDIA Thor, [N/A]
                        cuda=No devices were found
                        """, "name=mac\nsystem=Darwin arm64\ncores=10\nbytes=34359738368\n")
                .words("cores=", "kibibytes=", "bytes=", "cuda=", "system=", ", 40960", ", ٣")
                .refusedBy(RefusedException.class)
                .naming("The host does not say its ")
                .text(text -> {
                    HostDescription host =
                            MachineDescription.parse(text).hosts().getFirst();
                    assertThat(host.cores()).isPositive();
                    assertThat(host.memory()).isPositive();
                    assertThat(host.accelerators()).allMatch(each -> each.count() > 0 && each.memory() >= 0);
                });
    }

    @Test
    void poll_anyAnswer_tellsOfTheProcessesAskedFor() {
        Fuzz.of("process-states")
                .seeds(
                        "0 running - no\n",
                        "0 ended 137 yes\n",
                        "0 vanished - yes\n0 restarted - no\n",
                        "0 elsewhere - no")
                .words("running", "stopped", "ended", " - no\n", " 255 yes\n")
                .text(text -> {
                    Shell shell = (script, limit) -> new Shell.Output(0, text, "");
                    assertThat(new Processes(shell, 0).poll(List.of(HANDLE), Instant.EPOCH))
                            .isNotNull();
                });
    }

    @Test
    void handle_anyText_isReadAndPrintedOrRefused() {
        Fuzz.of("process-handle")
                .seeds(HANDLE)
                .words("%2F", "%zz", "+", ":")
                .text(text -> DirectJobId.parse(text)
                        .ifPresent(jobId -> assertThat(jobId).hasToString(text)));
    }
}
