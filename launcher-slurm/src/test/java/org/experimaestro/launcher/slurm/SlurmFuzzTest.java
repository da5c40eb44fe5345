package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.Test;

/**
 * Any output of Slurm's commands, and of a site's wrappers, is read; lines that are not jobs or nodes are ignored.
 */
class SlurmFuzzTest {
    @Test
    void squeue_anyOutput_isRead() {
        String job = "%-40s%-20s%-12s%-100s%n";
        Fuzz.of("squeue")
                .seeds(job.formatted("5", "RUNNING", "0", "None")
                        + job.formatted("9_12", "PENDING", "0", "(QOSMaxJobsPerUserLimit)")
                        + job.formatted("35+0", "CANCELLED", "256", "NonZeroExitCode"))
                .words("PENDING             ", "COMPLETING", "REVOKED", "OUT_OF_ME+", "(DependencyNeverSatisfied)")
                .text(text -> SqueueReader.read(text).values().forEach(SlurmFuzzTest::check));
    }

    @Test
    void sacct_anyOutput_isReadAndSearched() {
        Fuzz.of("sacct")
                .seeds("""
                        5|FAILED|3:0
                        9_0|CANCELLED by 0|0:15
                        9_2|COMPLETED|0:0
                        9_[6,8-12,14,16-39,41-49:2%4]|CANCELLED by 0|0:0
                        30.batch|OUT_OF_MEMORY|0:125
                        33_[0-9]|PENDING|0:0
                        1235+0|COMPLETED|0:0
                        """)
                .words("|", "_[", "]|", "%4", ":0", "CANCELLED by ", "CANCELLED+")
                .text(text -> {
                    SacctReader accounts = SacctReader.read(text);
                    for (String job : new String[] {"5", "9_0", "9_13", "33_2147", "1235"}) {
                        SlurmJobId jobId = SlurmJobId.of(job);
                        accounts.find(jobId).ifPresent(SlurmFuzzTest::check);
                        accounts.findWaiting(jobId).ifPresent(SlurmFuzzTest::check);
                    }
                });
    }

    @Test
    void sinfo_anyOutput_isRead() {
        Fuzz.of("sinfo")
                .seeds("""
                        node1|short*|2:00|4|4000|(null)|cpu
                        node2|long|1-00:00:00|64+|515000+|gpu:a100_80gb:4(S:0-1,3),nvme:no_consume:1|ib,a100
                        n3|all|infinite|8|1.5T|tpu:v4:8,gpu:4,mps:gtx1080:100|
                        """)
                .words("gpu:", "gpu:tesla:no_consume:2", "(S:0-1)", "(null)", "infinite", "1-00:00:00", "|")
                .text(text -> {
                    ClusterDescription cluster = SinfoReader.read(text);
                    assertThat(cluster.hosts())
                            .extracting(HostDescription::name)
                            .doesNotHaveDuplicates();
                    assertThat(cluster.hosts()).allSatisfy(host -> {
                        assertThat(host.cores()).isPositive();
                        assertThat(host.memory()).isNotNegative();
                        assertThat(host.accelerators()).allMatch(each -> each.count() > 0 && each.memory() >= 0);
                    });
                });
    }

    @Test
    void sbatch_anyAnswer_isRead() {
        Fuzz.of("sbatch")
                .seeds("101\n", "101;cluster-1.site\n", "wrapper: Submitted batch job 101 on cluster a.b-c\n101\n")
                .seeds("Submitted batch job 101 on cluster a" + ".b".repeat(20_000))
                .words("Submitted batch job ", " on cluster ", ";a.b", "\u001B[0m")
                .text(text -> {
                    for (SlurmJobId jobId : SbatchReader.read(new Shell.Output(0, text, text))) {
                        assertThat(SlurmJobId.parse(jobId.toString())).contains(jobId);
                    }
                });
    }

    @Test
    void handle_anyText_isReadAndPrintedOrNone() {
        Fuzz.of("slurm-handle")
                .seeds("1234", "1234_5", "1234_5;cluster.a-b")
                .text(text -> SlurmJobId.parse(text)
                        .ifPresent(jobId ->
                                assertThat(SlurmJobId.parse(jobId.toString())).contains(jobId)));
    }

    private static void check(BatchStatus status) {
        assertThat(status.end().isPresent()).isEqualTo(status.phase() == BatchStatus.Phase.ENDED);
        assertThat(status.toString()).isNotEmpty();
    }
}
