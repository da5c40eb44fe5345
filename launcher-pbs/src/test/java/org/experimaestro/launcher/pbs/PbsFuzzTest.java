package org.experimaestro.launcher.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.Test;

/** Any output of PBS's commands, and of a site's wrappers, is read; lines that are not jobs or hosts are ignored. */
class PbsFuzzTest {
    private static final Path RECORDED = Path.of("src/test/resources/org/experimaestro/launcher/pbs/qstat.txt");

    @Test
    void qstat_anyOutput_isRead() throws Exception {
        Fuzz.of("qstat")
                .seed(Files.readAllBytes(RECORDED))
                .words(
                        "Job Id: ",
                        "    job_state = ",
                        "    comment = ",
                        "    Exit_status = ",
                        "    substate = ",
                        "\n\t")
                .text(text -> QstatReader.read(text)
                        .values()
                        .forEach(status -> assertThat(status.end().isPresent())
                                .isEqualTo(status.phase() == BatchStatus.Phase.ENDED)));
    }

    @Test
    void qsub_anyAnswer_isRead() {
        Fuzz.of("qsub")
                .seeds(
                        "123.server\n",
                        "123[].server-1.site\n",
                        "qsub: job 123.server submitted\n",
                        "123\n",
                        "1" + ".a".repeat(20_000))
                .text(text -> {
                    for (boolean isArray : new boolean[] {false, true}) {
                        for (PbsJobId jobId : QsubReader.read(new Shell.Output(0, text, ""), isArray)) {
                            assertThat(PbsJobId.of(jobId.toString())).isEqualTo(jobId);
                        }
                    }
                });
    }

    @Test
    void cluster_anyOutput_isRead() {
        String nodes = """
                n1
                     Mom = n1.site
                     resources_available.ncpus = 64
                     resources_available.mem = 527987460kb
                     resources_available.ngpus = 4
                     resources_available.ib = True
                     queue = gpu

                """;
        String queues = """
                Queue: gpu
                    queue_type = Execution
                    resources_max.walltime = 24:00:00

                """;
        String server = """
                Server: pbs
                    default_queue = gpu
                """;
        Fuzz.of("pbs-cluster")
                .seeds(nodes + "--" + queues + "--" + server)
                .words("resources_available.", ".ncpus = ", ".mem = ", "Queue: ", "    queue_type = E", "--", "\n\t")
                .text(text -> {
                    String[] parts = (text + "----").split("--", -1);
                    ClusterDescription cluster = ClusterReader.read(parts[0], parts[1], parts[2]);
                    assertThat(cluster.hosts()).allSatisfy(host -> {
                        assertThat(host.cores()).isPositive();
                        assertThat(host.memory()).isNotNegative();
                    });
                });
    }

    @Test
    void handle_anyText_isReadAndPrintedOrRefused() {
        Fuzz.of("pbs-handle")
                .seeds("123.server", "123[4].server.a-b", "123[]", "7")
                .refusedBy(IllegalArgumentException.class)
                .naming("Not a job of PBS")
                .text(text -> {
                    PbsJobId jobId = PbsJobId.of(text);
                    assertThat(PbsJobId.of(jobId.toString())).isEqualTo(jobId);
                });
    }
}
