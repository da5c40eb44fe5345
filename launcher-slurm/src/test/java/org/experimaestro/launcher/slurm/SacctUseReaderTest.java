package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.experimaestro.launcher.contract.ScriptedShell;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.LauncherDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SacctUseReaderTest {
    private static final Instant SINCE = Instant.ofEpochSecond(1_795_000_000);

    /** The output of 22.05 for a job that ended with exit code 3, one that was cancelled, and a task of an array. */
    private static final String OF_A_CLUSTER = """
            1|FAILED|3:0|1|00:00.620|
            1.batch|FAILED|3:0|1|00:00.620|3216K
            3|CANCELLED by 0|0:0|12|00:00.002|
            3.batch|CANCELLED|0:15|13|00:00.002|3108K
            2_0|COMPLETED|0:0|2|00:00.003|
            2_0.batch|COMPLETED|0:0|2|00:00.003|3476K
            """;

    /** Lines as 22.05 prints them: a job, a task of an array, one that ran out of memory, and one that goes on. */
    private static final String RECORDED = """
            5|COMPLETED|0:0|75|02:05.250|
            5.batch|COMPLETED|0:0|75|00:01.250|20480K
            5.extern|COMPLETED|0:0|75|00:00:00|0
            5.0|COMPLETED|0:0|70|02:04.000|3145728K
            9_2|FAILED|3:0|7|00:03.500|
            9_2.batch|FAILED|3:0|7|00:03.500|1536M
            30|OUT_OF_MEMORY|0:125|12|1-02:03:04|
            30.batch|OUT_OF_MEMORY|0:125|12|1-02:03:04|2G
            32|RUNNING|0:0|75|00:00:00|
            32.batch|RUNNING|0:0|75|00:00:00|
            9_[6,8-12%4]|CANCELLED by 0|0:0|0|00:00:00|
            sacct: warning: something
            """;

    private final ScriptedShell shell = new ScriptedShell();
    private final AtomicReference<Instant> now = new AtomicReference<>(SINCE);
    private final Slurm slurm = new Slurm(LauncherDefinition.local(), shell, now::get);

    @Test
    void read_recorded_hasTheTimesOfJobs_andTheLargestMemoryOfTheirSteps() {
        Map<String, BatchUse> uses = SacctUseReader.read(RECORDED);

        assertThat(uses).containsOnlyKeys("5", "9_2", "30");
        BatchUse done = uses.get("5");
        assertThat(done.state()).isEqualTo("COMPLETED");
        assertThat(done.exitCode()).hasValue(0);
        assertThat(done.wallSeconds()).hasValue(75);
        assertThat(done.cpuSeconds()).hasValue(125.25);
        assertThat(done.maxMemoryBytes()).hasValue(3L << 30);
        assertThat(uses.get("9_2").exitCode()).hasValue(3);
        assertThat(uses.get("9_2").maxMemoryBytes()).hasValue(1536L << 20);
        assertThat(uses.get("30").state()).isEqualTo("OUT_OF_MEMORY");
        assertThat(uses.get("30").exitCode()).isEmpty();
        assertThat(uses.get("30").cpuSeconds()).hasValue(86_400 + 2 * 3600 + 3 * 60 + 4);
    }

    @Test
    void read_outputOfACluster_hasTheUseOfEachJob() {
        assertThat(SacctUseReader.read(OF_A_CLUSTER))
                .containsOnly(
                        Map.entry("1", use("FAILED", 3, 1, 0.62, 3216)),
                        Map.entry("3", use("CANCELLED by 0", 0, 12, 0.002, 3108)),
                        Map.entry("2_0", use("COMPLETED", 0, 2, 0.003, 3476)));
    }

    private static BatchUse use(String state, int exitCode, double wall, double cpu, long kibibytes) {
        return new BatchUse(
                state,
                OptionalInt.of(exitCode),
                OptionalDouble.of(wall),
                OptionalDouble.of(cpu),
                OptionalLong.of(kibibytes << 10));
    }

    @Test
    void read_siteThatGathersNothing_hasNoUse() {
        BatchUse use = SacctUseReader.read("5|TIMEOUT|0:0|60|00:00:00|\n5.batch|CANCELLED|0:15|61|00:00:00|\n")
                .get("5");

        assertThat(use.wallSeconds()).hasValue(60);
        assertThat(use.cpuSeconds()).isEmpty();
        assertThat(use.maxMemoryBytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "5|COMPLETED|0:0|x|y|z",
                "5|COMPLETED|0:0|99999999999999999|99999999999:00|",
                "5|COMPLETED|0:0|-1|1:2:3:4|",
            })
    void read_oddValues_areNotKnown(String line) {
        BatchUse use =
                SacctUseReader.read(line + "\n5.0|COMPLETED|0:0|||1.5X\n").get("5");

        assertThat(use.wallSeconds()).isEmpty();
        assertThat(use.cpuSeconds()).isEmpty();
        assertThat(use.maxMemoryBytes()).isEmpty();
    }

    @Test
    void accountedUse_ofManyJobs_areAskedForAtOnce() throws Exception {
        shell.answer(0, RECORDED, "");
        List<String> jobs =
                IntStream.range(0, 500).mapToObj(task -> "9_" + task).toList();

        assertThat(slurm.accountedUse(jobs, SINCE)).containsOnlyKeys("9_2");
        assertThat(shell.scripts())
                .singleElement()
                .asString()
                .contains(" sacct -nP -o JobID,State,ExitCode,ElapsedRaw,TotalCPU,MaxRSS -S now-")
                .endsWith(" -j 9\n");
    }

    @Test
    void accountedUse_siteWithoutAccounting_isNotAskedAgainSoon() throws Exception {
        shell.answer(1, "", "Slurm accounting storage is disabled\n");

        assertThat(slurm.accountedUse(List.of("5"), SINCE)).isEmpty();
        assertThat(slurm.accountedUse(List.of("5", "no job"), SINCE)).isEmpty();
        assertThat(shell.scripts()).hasSize(1);
    }
}
