package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.experimaestro.launcher.contract.ScriptedShell;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmLauncherTypeTest {
    private final SlurmLauncherType type = new SlurmLauncherType();

    @Test
    void services_launcherTypes_haveSlurm() {
        assertThat(ServiceLoader.load(LauncherType.class))
                .anySatisfy(service -> assertThat(service.name()).isEqualTo("slurm"));
        assertThat(type.open(LauncherDefinition.local(), new ScriptedShell()).hasDependencies())
                .isTrue();
    }

    @Test
    void options_all_haveNameAndMeaning() {
        assertThat(type.options()).extracting(LauncherOption::name).contains("account", "ntasks_per_node", "max_array");
        assertThat(type.options()).allSatisfy(option -> {
            assertThat(option.name()).matches("[a-z0-9_]+");
            assertThat(option.meaning()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nodes;2-4",
                "mem;16G",
                "mem;400",
                "time;90",
                "time;2-12",
                "time;1:30:00",
                "time;UNLIMITED",
                "requeue;false",
                "mail_type;FAIL,TIME_LIMIT_80",
                "signal;B:TERM@60",
                "signal;USR1",
                "nice;-5",
                "bin;/opt/slurm/bin",
                "gres;gpu:2,nvme:100",
                "comment;two words",
                "ntasks;4",
            })
    void check_goodValue_saysNothing(String key, String value) {
        assertThat(type.check(Map.of(key, value), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nodes;0",
                "nodes;two",
                "mem;16 GB",
                "mem;lots",
                "time;2 days",
                "time;1-2-3",
                "requeue;yes",
                "mail_type;NEVER",
                "signal;@60",
                "nice;low",
                "bin;slurm/bin",
                "account;' '",
                "ntasks;-1",
                "max_array;0",
                "srun;1",
            })
    void check_badValue_saysWhatItIs(String key, String value) {
        assertThat(type.check(Map.of(key, value), List.of()))
                .singleElement()
                .asString()
                .startsWith("The option " + key + " of a Slurm launcher is ")
                .endsWith(", not \"" + value + "\"");
    }

    @Test
    void check_severalProblems_tellsAll() {
        assertThat(type.check(
                        Map.of("mem", "1G", "mem_per_cpu", "1G", "gpus", "1", "gpus_per_node", "1", "nice", "x"),
                        List.of()))
                .containsExactly(
                        "The option nice of a Slurm launcher is a whole number, as in 100, not \"x\"",
                        "Only one of the options mem, mem_per_cpu can be set",
                        "Only one of the options gpus, gpus_per_node can be set");
        assertThat(type.check(Map.of("account", "a\nb"), List.of())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "time;90;--time=30",
                "partition;long;-p short",
                "partition;long;#SBATCH --hint=nomultithread -pshort",
                "mem;1G;--mem-per-cpu=2G",
                "gpus_per_node;1;-G 2",
                "requeue;true;--no-requeue",
                "qos;high;-q low",
                "nodelist;node1;-w node2",
            })
    void check_optionAndDirectiveForTheSame_refusesBoth(String key, String value, String directive) {
        assertThat(type.check(Map.of(key, value), List.of("--propagate=STACK", directive)))
                .containsExactly("The option " + key + " (" + value + ") and the directive \""
                        + directive.replace("#SBATCH ", "")
                        + "\" of the launcher exclude each other; remove one of them");
        assertThat(type.check(Map.of("account", "lab7"), List.of(directive))).isEmpty();
    }

    @Test
    void check_moreNodesThanTasks_isRefused() {
        assertThat(type.check(Map.of("nodes", "2-4", "ntasks", "1"), List.of()))
                .containsExactly("The option nodes is 2-4, and the option ntasks only 1: Slurm gives no more nodes than"
                        + " processes");
        assertThat(type.check(Map.of("nodes", "2", "ntasks", "2"), List.of())).isEmpty();
    }

    @Test
    void describe_answers_areToldApart() throws Exception {
        String line = "node1|short*|2:00|4|4000|(null)|cpu\n";
        assertThat(type.describe(new ScriptedShell().answer(0, line, "")).hosts())
                .hasSize(1);
        assertThatThrownBy(() -> type.describe(new ScriptedShell().answer(127, "", "sh: 1: sinfo: not found")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("no Slurm on this host's PATH");
        assertThatThrownBy(() -> type.describe(new ScriptedShell()
                        .answer(1, "", "slurm_load_partitions: Unable to contact slurm controller (connect failure)")))
                .isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> type.describe(new ScriptedShell().answer(1, "", "sinfo: fatal: no slurm.conf")))
                .isInstanceOf(RefusedException.class);
    }
}
