package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.launcher.contract.BatchBuilder;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmDirectivesTest {
    private static final Resources GPUS = Resources.NONE.withAccelerators(Map.of("a100", 4, "", 1));

    @Test
    void of_nothingAsked_namesOneProcessOnOneNode() {
        assertThat(SlurmDirectives.of(new BatchBuilder().batch()))
                .containsExactly(
                        "--output=/scratch/ws/learn-0.log",
                        "--open-mode=append",
                        "--chdir=/scratch/ws",
                        "--nodes=1",
                        "--ntasks=1",
                        "--job-name=learn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "account       ; lab7                 ; --account=lab7",
                "qos           ; high                 ; --qos=high",
                "partition     ; short,long           ; --partition=short,long",
                "constraint    ; gpu&(v100|a100)      ; --constraint=gpu&(v100|a100)",
                "exclude       ; node[1-3,7]          ; --exclude=node[1-3,7]",
                "nodelist      ; node4                ; --nodelist=node4",
                "nodes         ; 2-4                  ; --nodes=2-4",
                "ntasks        ; 8                    ; --ntasks=8",
                "ntasks_per_node ; 4                  ; --ntasks-per-node=4",
                "gpus          ; a100:2               ; --gpus=a100:2",
                "gpus_per_node ; 2                    ; --gpus-per-node=2",
                "gres          ; gpu:2,nvme:100       ; --gres=gpu:2,nvme:100",
                "mem           ; 16G                  ; --mem=16G",
                "mem_per_cpu   ; 400M                 ; --mem-per-cpu=400M",
                "mem_per_gpu   ; 32G                  ; --mem-per-gpu=32G",
                "cpus_per_task ; 6                    ; --cpus-per-task=6",
                "time          ; 2-12:30:00           ; --time=2-12:30:00",
                "reservation   ; course               ; --reservation=course",
                "licenses      ; matlab:2             ; --licenses=matlab:2",
                "mail_type     ; FAIL,TIME_LIMIT      ; --mail-type=FAIL,TIME_LIMIT",
                "mail_user     ; ada@example.org      ; --mail-user=ada@example.org",
                "nice          ; 100                  ; --nice=100",
                "comment       ; it's \"so\" # \\ no  ; --comment=\"it's \\\"so\\\" # \\\\ no\"",
                "requeue       ; true                 ; --requeue",
                "requeue       ; false                ; --no-requeue",
                "signal        ; B:USR1@60            ; --signal=B:USR1@60",
            })
    void of_option_writesIt(String key, String value, String directive) {
        assertThat(SlurmDirectives.of(new BatchBuilder().option(key, value).batch()))
                .contains(directive);
    }

    @Test
    void of_everyOption_isWrittenOrOursAlone() {
        Set<SlurmOption> ours =
                Set.of(SlurmOption.ARRAY_LIMIT, SlurmOption.BIN, SlurmOption.SRUN, SlurmOption.MAX_ARRAY);
        Set<String> written = Arrays.stream(SlurmOption.values())
                .filter(option -> !ours.contains(option))
                .filter(option -> SlurmDirectives.of(
                                new BatchBuilder().option(option.key(), "true").batch())
                        .stream()
                        .anyMatch(line -> line.startsWith(option.flag())))
                .map(SlurmOption::key)
                .collect(Collectors.toSet());

        assertThat(written).hasSize(SlurmOption.values().length - ours.size());
    }

    @Test
    void of_resources_writesThemRoundedUp() {
        var resources = new Resources(
                Optional.of(Duration.ofDays(2).plusSeconds(1)),
                4,
                (400L << 20) + 1,
                new TreeMap<>(Map.of("small", 2)),
                true,
                new TreeSet<>(List.of("v100", "ib")));

        assertThat(SlurmDirectives.of(new BatchBuilder()
                        .resources(resources)
                        .partition("long")
                        .batch()))
                .contains(
                        "--partition=long",
                        "--constraint=ib&v100",
                        "--exclusive",
                        "--cpus-per-task=4",
                        "--mem=401M",
                        "--time=2-00:01:00",
                        "--gres=gpu:small:2");
    }

    @ParameterizedTest
    @CsvSource({"PT90S,0-00:02:00", "PT30M,0-00:30:00", "PT1S,0-00:01:00", "PT0S,0-00:01:00", "P100D,100-00:00:00"})
    void time_duration_isTheFullMinuteAbove(Duration duration, String text) {
        assertThat(SlurmDirectives.time(duration)).isEqualTo(text);
    }

    @Test
    void of_explicitOptions_winOverResources() {
        var resources = new Resources(
                Optional.of(Duration.ofHours(1)), 4, 1L << 30, GPUS.accelerators(), false, new TreeSet<>());
        List<String> lines = SlurmDirectives.of(new BatchBuilder()
                .resources(resources)
                .option("time", "5")
                .option("cpus_per_task", "2")
                .option("mem_per_cpu", "1G")
                .option("gpus", "1")
                .option("ntasks_per_node", "2")
                .batch());

        assertThat(lines)
                .contains("--time=5", "--cpus-per-task=2", "--mem-per-cpu=1G", "--gpus=1", "--ntasks-per-node=2")
                .noneMatch(
                        line -> line.startsWith("--gres") || line.startsWith("--mem=") || line.startsWith("--ntasks="));
    }

    @Test
    void of_partitionOfBatch_winsOverOption() {
        assertThat(SlurmDirectives.of(new BatchBuilder()
                        .partition("long")
                        .option("partition", "short")
                        .batch()))
                .contains("--partition=long")
                .doesNotContain("--partition=short");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nvme:100;--gres=nvme:100,gpu:1,gpu:a100:4",
                "gpu:2,nvme:100;--gres=gpu:2,nvme:100",
                "nvme:100,gpu;--gres=nvme:100,gpu",
                "gres/gpu:2;--gres=gres/gpu:2",
                "gpumon:1;--gres=gpumon:1,gpu:1,gpu:a100:4",
            })
    void of_genericResources_areCombinedUnlessTheyHaveGpus(String option, String directive) {
        assertThat(SlurmDirectives.of(new BatchBuilder()
                        .resources(GPUS)
                        .option("gres", option)
                        .batch()))
                .contains(directive);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"a;--constraint=a&ib", "a|b;--constraint=(a|b)&ib", "[r1|r2];--constraint=([r1|r2])&ib"})
    void of_constraintAndFeatures_areBothAsked(String option, String directive) {
        var resources = new Resources(Optional.empty(), 0, 0, new TreeMap<>(), false, new TreeSet<>(List.of("ib")));

        assertThat(SlurmDirectives.of(new BatchBuilder()
                        .resources(resources)
                        .option("constraint", option)
                        .batch()))
                .contains(directive);
    }

    @Test
    void of_array_numbersItsLogs() {
        assertThat(SlurmDirectives.of(
                        new BatchBuilder().size(10).option("array_limit", "3").batch()))
                .contains("--array=0-9%3", "--output=/scratch/ws/learn-%a.log");
        assertThat(SlurmDirectives.of(new BatchBuilder().size(10).batch())).contains("--array=0-9");
        assertThat(SlurmDirectives.of(
                        new BatchBuilder().option("array_limit", "3").batch()))
                .noneMatch(line -> line.startsWith("--array"));
    }

    @Test
    void of_oddPath_isQuotedAndItsPercentDoubled() {
        assertThat(SlurmDirectives.of(
                        new BatchBuilder().log("/ws/50%j #1 \"é\"/it's").size(2).batch()))
                .contains("--output=\"/ws/50%%j #1 \\\"é\\\"/it's-%a.log\"", "--chdir=\"/ws/50%j #1 \\\"é\\\"\"");
    }

    @Test
    void of_after_waitsAndGivesUp() {
        assertThat(SlurmDirectives.of(
                        new BatchBuilder().after("12", "13_4", "14;big").batch()))
                .contains("--dependency=afterok:12:13_4:14", "--kill-on-invalid-dep=yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "2; -; -; --nodes=2",
                "2-4; -; -; --nodes=2-4",
                "1; -; -; --nodes=1 --ntasks=1",
                "2; 8; -; --nodes=2 --ntasks=8",
                "-; -; --nodes=2; --nodes=2",
                "-; -; -N2 -q high; -N2 -q high",
                "-; 4; -N 2; --ntasks=4 -N 2",
                "-; -; #SBATCH -n 4; --nodes=1 -n 4",
                "-; -; --ntasks-per-node=2; --nodes=1 --ntasks-per-node=2",
            })
    void of_nodes_areNotCutByANumberOfProcesses(String nodes, String tasks, String directive, String written) {
        BatchBuilder batch = new BatchBuilder();
        if (nodes != null) {
            batch.option("nodes", nodes);
        }
        if (tasks != null) {
            batch.option("ntasks", tasks);
        }
        if (directive != null) {
            batch.directive(directive);
        }

        assertThat(SlurmDirectives.of(batch.batch()).stream()
                        .filter(line -> line.matches("(--nodes|--ntasks|-N|-n).*"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(written);
    }

    @Test
    void of_ownDirectives_areLastButForTheName() {
        assertThat(SlurmDirectives.of(new BatchBuilder()
                        .directive("--hint=nomultithread")
                        .directive("#SBATCH --propagate=STACK,CORE")
                        .directive("--job-name=mine")
                        .batch()))
                .endsWith("--hint=nomultithread", "--propagate=STACK,CORE", "--job-name=mine", "--job-name=learn");
    }
}
