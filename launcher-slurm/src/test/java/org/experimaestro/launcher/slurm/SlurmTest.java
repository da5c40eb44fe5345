package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.experimaestro.launcher.contract.BatchBuilder;
import org.experimaestro.launcher.contract.ScriptedShell;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job ids from the answers of sbatch. */
class SlurmTest {

    private final ScriptedShell shell = new ScriptedShell();
    private final Slurm slurm = slurm(Map.of());

    private Slurm slurm(Map<String, String> options) {
        LauncherDefinition definition = new LauncherDefinition(
                "cluster",
                "slurm",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(),
                0,
                new TreeMap<>(options),
                List.of());
        return new Slurm(definition, shell, InstantSource.system());
    }

    @Test
    void submit_oneJob_returnsItsNumber() throws Exception {
        shell.answer(0, "1234\n", "");

        assertThat(slurm.submit(new BatchBuilder().body("exec true").batch())).containsExactly("1234");
        assertThat(shell.scripts().getFirst())
                .contains("sbatch --parsable <<'EXPERIMAESTRO_SCRIPT_END'\n#!/bin/sh\n#SBATCH --output=")
                .endsWith("exec true\nEXPERIMAESTRO_SCRIPT_END\n");
    }

    @Test
    void submit_array_returnsItsTasksInOrder() throws Exception {
        shell.answer(0, "a word from the site\n1234;big\n", "");

        assertThat(slurm.submit(new BatchBuilder().size(3).batch()))
                .containsExactly("1234_0;big", "1234_1;big", "1234_2;big");
    }

    @Test
    void submit_takenWithWarnings_reportsEach() throws Exception {
        shell.answer(
                0,
                "1234\n",
                "\033[33msbatch: warning: can't run 1 processes on 2 nodes, setting nnodes to 1\033[0m\n\n"
                        + "sbatch: lua: account lab7 has 3 hours left\nSubmitted batch job 1234\n");
        List<String> warnings = new ArrayList<>();

        assertThat(slurm.submit(new BatchBuilder().batch(), warnings::add)).containsExactly("1234");
        assertThat(warnings)
                .containsExactly(
                        "sbatch: warning: can't run 1 processes on 2 nodes, setting nnodes to 1",
                        "sbatch: lua: account lab7 has 3 hours left");
    }

    @Test
    void submit_bodyWithDelimiter_choosesAnother() throws Exception {
        shell.answer(0, "1", "");

        slurm.submit(new BatchBuilder()
                .body("cat <<EXPERIMAESTRO_SCRIPT_END\nEXPERIMAESTRO_SCRIPT_END\n")
                .batch());

        assertThat(shell.scripts().getFirst())
                .contains("<<'EXPERIMAESTRO_SCRIPT_END_1'")
                .endsWith("\nEXPERIMAESTRO_SCRIPT_END_1\n");
    }

    @Test
    void submit_variablesThatWouldWin_areUnset() throws Exception {
        shell.answer(0, "1", "");

        slurm.submit(new BatchBuilder()
                .size(2)
                .option("time", "5")
                .option("mem_per_cpu", "1G")
                .option("requeue", "false")
                .directive("--qos normal")
                .batch());

        assertThat(shell.scripts().getFirst())
                .containsPattern("(?m)^unset .*SBATCH_ARRAY_INX .*SBATCH_MEM_PER_NODE .*SBATCH_NO_REQUEUE"
                        + " .*SBATCH_QOS SBATCH_REQUEUE SBATCH_TIMELIMIT SBATCH_WAIT$");
    }

    @Test
    void submit_bin_isUsed() throws Exception {
        shell.answer(0, "1", "");

        slurm(Map.of("bin", "/opt/slurm/bin")).submit(new BatchBuilder().batch());

        assertThat(shell.scripts().getFirst()).contains("'/opt/slurm/bin/sbatch' --parsable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sbatch: error: invalid partition specified: nosuch\nsbatch: error: Batch job submission failed: Invalid partition name specified",
                "sbatch: error: Batch job submission failed: Invalid feature specification",
                "sbatch: error: Memory specification can not be satisfied\nsbatch: error: Batch job submission failed: Requested node configuration is not available",
                "sbatch: error: Invalid --time specification",
                "sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified",
                "sbatch: error: Batch job submission failed: Invalid qos specification",
                "sbatch: error: Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit)",
                "sbatch: error: QOSMaxWallDurationPerJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)",
                "sbatch: unrecognized option '--nosuch'\nTry \"sbatch --help\" for more information",
            })
    void submit_requestIsWrong_isRefusedInSlurmsWords(String complaint) {
        shell.answer(1, "", complaint + "\n");

        assertThatThrownBy(() -> slurm.submit(new BatchBuilder().batch()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("sbatch does not take learn: " + complaint.replace("\n", " | "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
                "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
                "sbatch: error: Batch job submission failed: Connection refused",
                "sbatch: error: Slurm temporarily unable to accept job, sleeping and retrying",
                "sbatch: error: Batch job submission failed: Resource temporarily unavailable",
                "sbatch: error: Batch job submission failed: Slurm backup controller in standby mode",
                "sbatch: error: If munged is up, restart with --num-threads=10\nsbatch: error: Munge encode failed: Failed to access socket\nsbatch: error: Batch job submission failed: Protocol authentication error",
                "sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy",
                "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy",
            })
    void submit_slurmIsAway_isUnreachable(String complaint) {
        shell.answer(1, "", complaint + "\n");

        assertThatThrownBy(() -> slurm.submit(new BatchBuilder().batch()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining(complaint.replace("\n", " | "));
    }

    @Test
    void submit_noSlurm_saysHowToFindIt() {
        shell.answer(127, "", "sh: 1: sbatch: not found\n");

        assertThatThrownBy(() -> slurm.submit(new BatchBuilder().batch()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sbatch: not found; set the launcher's option bin");
    }

    static List<Arguments> understood() {
        return List.of(
                arguments("Submitted batch job 101\n", "", "101"),
                arguments("Submitted batch job 101 on cluster big-1.org\n", "", "101;big-1.org"),
                arguments("sbatch (site wrapper): Submitted batch job 101.\r\n", "", "101"),
                arguments(
                        "Welcome to HPC 2026\r\n 101;big \r\nHave 1 nice day\r\n", "sbatch: lua: 3 GPUs\n", "101;big"),
                arguments("\u001b[32m101\u001b[0m\n", "", "101"),
                arguments("Submitted batch job 101\n101;big\n", "", "101;big"),
                arguments("101\n101\n", "", "101"),
                arguments("2026\nSubmitted batch job 101\n", "", "101"),
                arguments("", "Submitted batch job 101\n", "101"),
                arguments("101", "", "101"));
    }

    @ParameterizedTest
    @MethodSource("understood")
    void submit_answerInAnotherForm_isRead(String out, String err, String jobId) throws Exception {
        shell.answer(0, out, err);

        assertThat(slurm.submit(new BatchBuilder().batch())).containsExactly(jobId);
    }

    @Test
    void submit_sentenceForAnArray_namesItsTasks() throws Exception {
        shell.answer(0, "Submitted batch job 101 on cluster big\n", "");

        assertThat(slurm.submit(new BatchBuilder().size(2).batch())).containsExactly("101_0;big", "101_1;big");
    }

    static List<Arguments> unclear() {
        return List.of(
                arguments(0, "Good morning\n", "a word from lua\n"),
                arguments(0, "", ""),
                arguments(0, "0\n", ""),
                arguments(0, "101 102\n", ""),
                arguments(0, "101\n102\n", ""),
                arguments(0, "101;big\n101;small\n", ""),
                arguments(0, "Submitted batch job 101\nSubmitted batch job 102\n", ""),
                arguments(0, "Job 101 was queued\n", ""),
                arguments(0, "Submitted batch job 101_7-x\n", ""),
                arguments(0, "Submitted batch job\n", "Connection reset\n"),
                arguments(1, "Submitted batch job 101\n", "wrapper: socket timed out\n"),
                arguments(255, "101\n", "Connection reset by peer\n"));
    }

    /** Such a job is never submitted again: Slurm may have it. */
    @ParameterizedTest
    @MethodSource("unclear")
    void submit_answerNotUnderstood_isRefusedOnceAndForAll(int exitCode, String out, String err) {
        shell.answer(exitCode, out, err);

        assertThatThrownBy(() -> slurm.submit(new BatchBuilder().size(3).batch()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.isUnclear()).isTrue())
                .hasMessageContaining("(exit code " + exitCode + "): " + new Shell.Output(exitCode, out, err).words()
                        + "; Slurm may have")
                .hasMessageContaining("squeue --me")
                .hasMessageContaining("option bin");
    }

    @Test
    void submit_pathSlurmCannotWrite_isRefusedWithoutACall() {
        assertThatThrownBy(() -> slurm.submit(new BatchBuilder().log("/ws/a\\b").batch()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("backslash");
        assertThat(shell.scripts()).isEmpty();
    }

    @Test
    void largestBatch_option_isTaken() {
        assertThat(slurm.largestBatch()).isEqualTo(1000);
        assertThat(slurm(Map.of("max_array", "1")).largestBatch()).isEqualTo(1);
        assertThat(slurm.hasDependencies()).isTrue();
    }
}
