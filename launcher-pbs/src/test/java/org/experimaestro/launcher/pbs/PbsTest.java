package org.experimaestro.launcher.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.experimaestro.launcher.contract.BatchBuilder;
import org.experimaestro.launcher.contract.ScriptedShell;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PbsTest {
    private static final Instant SINCE = Instant.ofEpochSecond(1_795_000_000);

    private final PbsLauncherType type = new PbsLauncherType();
    private final ScriptedShell shell = new ScriptedShell();
    private final BatchSystem pbs = type.open(LauncherDefinition.local(), shell);

    @Test
    void submit_jobOrArray_returnsHandlesInOrder() throws Exception {
        shell.answer(0, "123.server\n", "").answer(0, "124[].server.example.org\n", "");

        assertThat(pbs.submit(new BatchBuilder().batch())).containsExactly("123.server");
        assertThat(pbs.submit(new BatchBuilder().size(2).batch()))
                .containsExactly("124[0].server.example.org", "124[1].server.example.org");
        assertThat(shell.scripts().getFirst())
                .startsWith("unset PBS_DPREFIX\nqsub <<'EXPERIMAESTRO_SCRIPT_END'\n#!/bin/sh\n#PBS -S /bin/sh\n");
    }

    /** Options of qsub would have the values in its command line, or show them to all users who query the job. */
    @Test
    void submit_passedVariables_areInTheScriptThatPbsKeeps() throws Exception {
        shell.answer(0, "123.server\n", "");
        Batch batch = new BatchBuilder().batch().passing(new TreeMap<>(Map.of("xpm_passed_TOKEN", "it's secret")));

        pbs.submit(batch);

        assertThat(shell.scripts().getFirst())
                .contains("\nexport xpm_passed_TOKEN='it'\\''s secret'\n" + batch.body())
                .doesNotContainPattern("qsub.* -[vV]|#PBS -[vV]");
        assertThat(pbs.script(batch)).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qsub: Unknown queue", "qsub: Job violates queue and/or server resource limits",
                "qsub: Illegal attribute or resource value", "qsub: Unauthorized Request",
            })
    void submit_requestIsWrong_isRefused(String complaint) {
        shell.answer(188, "", complaint + "\n");

        assertThatThrownBy(() -> pbs.submit(new BatchBuilder().batch()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("qsub does not take learn: " + complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection refused\nqsub: cannot connect to server server (errno=111)",
                "qsub: would exceed queue generic's per-user limit",
                "qsub: End of File",
            })
    void submit_pbsIsAway_isUnreachable(String complaint) {
        shell.answer(1, "", complaint + "\n");

        assertThatThrownBy(() -> pbs.submit(new BatchBuilder().batch())).isInstanceOf(UnreachableException.class);
    }

    @Test
    void submit_noPbs_saysHowToFindIt() {
        shell.answer(127, "", "sh: 1: qsub: not found\n");

        assertThatThrownBy(() -> pbs.submit(new BatchBuilder().batch()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("option bin");
    }

    @Test
    void submit_answerWithOtherLines_isRead() throws Exception {
        shell.answer(0, "Welcome\r\n2026\r\n 123.server.example.org \r\n", "hook: 5 GPUs\n")
                .answer(0, "Job 124[].pbs-1 has been submitted.\n", "")
                .answer(0, "125\n", "");

        assertThat(pbs.submit(new BatchBuilder().batch())).containsExactly("123.server.example.org");
        assertThat(pbs.submit(new BatchBuilder().size(2).batch())).containsExactly("124[0].pbs-1", "124[1].pbs-1");
        assertThat(pbs.submit(new BatchBuilder().batch())).containsExactly("125");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;0;hello",
                "1;0;''",
                "1;0;123[].server",
                "2;0;123.server",
                "1;0;123.server 124.server",
                "1;0;Job 123 it is",
                "1;1;123.server",
                "2;255;123[].server",
            })
    void submit_answerNotUnderstood_isRefusedOnceAndForAll(int size, int exitCode, String out) {
        shell.answer(exitCode, out, "qsub: End of File\n");

        assertThatThrownBy(() -> pbs.submit(new BatchBuilder().size(size).batch()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.isUnclear()).isTrue())
                .hasMessageContaining("PBS may have the job")
                .hasMessageContaining(out);
    }

    @Test
    void poll_tasksOfAnArray_asksForTheArrayOnce() throws Exception {
        String recorded = Files.readString(Path.of("src/test/resources/org/experimaestro/launcher/pbs/qstat.txt"));
        shell.answer(153, "qstat: Unknown Job Id 99.server\n" + recorded, "");

        Map<String, BatchStatus> statuses =
                pbs.poll(List.of("132[0].server", "132[2].server", "126.server", "99.server"), SINCE);

        assertThat(statuses).containsOnlyKeys("132[0].server", "132[2].server", "126.server");
        assertThat(shell.scripts())
                .singleElement()
                .asString()
                .contains("qstat -x -f -t '132[].server' '126.server' '99.server'");
    }

    @Test
    void poll_pbsIsAway_isUnreachable() throws Exception {
        shell.answer(255, "Connection refused\nqstat: cannot connect to server server (errno=111)\n", "");

        assertThatThrownBy(() -> pbs.poll(List.of("1.server"), SINCE)).isInstanceOf(UnreachableException.class);
        assertThat(pbs.poll(List.of(), SINCE)).isEmpty();
    }

    @Test
    void poll_siteWithoutHistory_asksWithoutIt() throws Exception {
        shell.answer(0, "Job Id: 1.server\n    job_state = R\n", "");

        assertThat(pbs.poll(List.of("1.server"), SINCE)).containsKey("1.server");
        assertThat(shell.scripts().getFirst()).contains("*'not configured to maintain'*) qstat -f -t '1.server' ;;");
    }

    @Test
    void cancel_jobs_endedOnesAreNoError() throws Exception {
        String owned = "user=alice\n" + owned("1.server", "alice", "learn") + owned("2[].server", "alice", "learn");
        shell.answer(0, owned, "").answer(0, "", "");
        shell.answer(0, owned, "")
                .answer(153, "", "qdel: Unknown Job Id 1.server\nqdel: Job has finished 2[3].server\n");
        shell.answer(0, owned, "").answer(159, "", "qdel: Unauthorized Request 1.server\n");
        List<String> jobIds = List.of("1.server", "2[3].server");

        pbs.cancel("learn", jobIds);
        pbs.cancel("learn", jobIds);

        assertThat(shell.scripts().getFirst()).isEqualTo("echo \"user=$(id -un)\"\nqstat -f '1.server' '2[].server'\n");
        assertThat(shell.scripts().get(1)).isEqualTo("qdel '1.server' '2[3].server'\n");
        assertThatThrownBy(() -> pbs.cancel("learn", jobIds))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Unauthorized Request");
    }

    @Test
    void cancel_jobsThatPbsHasForgotten_sendsNothing() throws Exception {
        shell.answer(153, "user=alice\n", "qstat: Unknown Job Id 1.server\n");
        shell.answer(35, "user=alice\n", "qstat: 1.server Job has finished, use -x or -H\n");

        pbs.cancel("learn", List.of("1.server"));
        pbs.cancel("learn", List.of("1.server"));
        pbs.cancel("learn", List.of());

        assertThat(shell.scripts()).hasSize(2).noneMatch(script -> script.contains("qdel"));
    }

    /** Wrong job ids from a file of the workspace: if one is named, no job of the call is cancelled. */
    @ParameterizedTest
    @CsvSource({
        "alice, alice, other.learn",
        "alice, alice, lear",
        "alice, bob, learn",
        "alice, alice2, learn",
        "'', alice, learn",
        "'', '', learn",
    })
    void cancel_jobOfAnotherNameOrUser_isRefusedWithWhatWasFound(String self, String owner, String name) {
        shell.answer(
                0, "user=" + self + "\n" + owned("1.server", "alice", "learn") + owned("2.server", owner, name), "");

        assertThatThrownBy(() -> pbs.cancel("learn", List.of("1.server", "2.server")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("and not learn of this user: nothing was cancelled");
        assertThat(shell.scripts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.server; rm -rf ~",
                "-W force",
                "--version",
                "",
                " 1.server",
                "1.server 2.server",
                "1[].server",
                "1[]",
                "1[0-3].server",
                "1[*].server",
                "x.server",
                "1.server\n",
                "1.-x",
                "1@other"
            })
    void cancel_textThatIsNoJob_reachesNoShell(String text) {
        assertThatThrownBy(() -> pbs.cancel("learn", List.of("1.server", text)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("\"" + text + "\": nothing was cancelled");
        assertThat(shell.scripts()).isEmpty();
    }

    @Test
    void poll_textThatIsNoHandle_isLeftOut() throws Exception {
        assertThat(pbs.poll(List.of("-x", "$(touch a)", ""), SINCE)).isEmpty();
        assertThat(shell.scripts()).isEmpty();
    }

    /** Returns a block of qstat with the owner and the name. */
    private static String owned(String id, String owner, String name) {
        return "Job Id: " + id + "\n    Job_Name = " + name + "\n    Job_Owner = " + owner
                + "@login1\n    job_state = R\n\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "walltime;2 days",
                "rerunnable;yes",
                "priority;high",
                "mail_events;x",
                "bin;pbs",
                "max_array;0",
                "account;' '",
                "gpu_resource;n gpus",
            })
    void check_badValue_saysWhatItIs(String key, String value) {
        assertThat(type.check(Map.of(key, value), List.of()))
                .singleElement()
                .asString()
                .startsWith("The option " + key + " of a PBS launcher is ");
        assertThat(type.check(Map.of("walltime", "1:30:00", "rerunnable", "true", "mail_events", "abe"), List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "queue;long;-q short",
                "walltime;90;-l place=scatter,walltime=30",
                "select;1:ncpus=2;#PBS -A lab7 -l select=2:ncpus=1",
                "account;lab8;-A lab7",
            })
    void check_optionAndDirectiveForTheSame_refusesBoth(String key, String value, String directive) {
        assertThat(type.check(Map.of(key, value), List.of("-V", directive)))
                .singleElement()
                .asString()
                .startsWith("The option " + key + " (" + value + ") and the directive ");
        assertThat(type.check(Map.of("project", "p"), List.of(directive))).isEmpty();
    }

    @Test
    void submit_takenWithWarnings_reportsEach() throws Exception {
        shell.answer(0, "12.server\n", "qsub: waiting for job limits\n");
        List<String> warnings = new ArrayList<>();

        assertThat(pbs.submit(new BatchBuilder().batch(), warnings::add)).containsExactly("12.server");
        assertThat(warnings).containsExactly("qsub: waiting for job limits");
    }

    @Test
    void services_launcherTypes_havePbs() {
        assertThat(ServiceLoader.load(LauncherType.class))
                .anySatisfy(service -> assertThat(service.name()).isEqualTo("pbs"));
        assertThat(type.options()).hasSize(PbsOption.values().length);
        assertThat(pbs.largestBatch()).isEqualTo(1000);
    }

    @Test
    void describe_outputOfTheManual_isRead() throws Exception {
        shell.answer(0, """
                        node1
                             Mom = node1.example.org
                             ntype = PBS
                             state = free
                             resources_available.arch = linux
                             resources_available.ib = True
                             resources_available.mem = 527987460kb
                             resources_available.ncpus = 64
                             resources_available.ngpus = 4

                        node2
                             state = job-busy
                             resources_available.ib = True
                             resources_available.mem = 527987460kb
                             resources_available.ncpus = 64
                             resources_available.ngpus = 4

                        node3
                             queue = debugq
                             resources_available.mem = 64gb
                             resources_available.ncpus = 16

                        """, "")
                .answer(0, """
                        Queue: workq
                            queue_type = Execution
                            resources_max.walltime = 24:00:00
                            enabled = True

                        Queue: debugq
                            queue_type = Execution

                        Queue: routeq
                            queue_type = Route

                        """, "")
                .answer(0, "Server: server\n    server_state = Active\n    default_queue = workq\n", "");

        ClusterDescription cluster = type.describe(shell);

        assertThat(cluster.hosts()).extracting("count").containsExactly(2, 1);
        assertThat(cluster.hosts().getFirst().memory()).isEqualTo(527_987_460L << 10);
        assertThat(cluster.hosts().getFirst().features()).containsExactly("ib");
        assertThat(cluster.hosts().getFirst().accelerators().getFirst().count()).isEqualTo(4);
        assertThat(cluster.partitions()).extracting("name").containsExactly("workq", "debugq");
        assertThat(cluster.partitions()).extracting("isDefault").containsExactly(true, false);
        assertThat(cluster.partitions().getFirst().maxDuration()).contains(Duration.ofDays(1));
        assertThat(cluster.partitions().getFirst().hosts()).containsExactly("kind1");
        assertThat(cluster.partitions().getLast().hosts()).containsExactly("kind1", "kind2");
    }

    @Test
    void describe_noPbs_isRefused() {
        assertThatThrownBy(() -> type.describe(new ScriptedShell().answer(127, "", "sh: 1: pbsnodes: not found")))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> type.describe(new ScriptedShell().answer(1, "", "Connection refused")))
                .isInstanceOf(UnreachableException.class);
    }
}
