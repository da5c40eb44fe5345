package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.launcher.contract.CountingShell;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher of Slurm makes of a real Slurm, beyond the contract of all batch systems. */
@NeedsSlurm
class SlurmLauncherIT {
    private static final String NAME = "learn";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final TestCluster slurm = TestCluster.slurm();
    private final Shell shell = shell(slurm);
    private final LauncherType type = ServiceLoader.load(LauncherType.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals("slurm"))
            .findFirst()
            .orElseThrow();
    private final BatchSystem system = type.open(LauncherDefinition.local(), shell);
    private final Instant since = Instant.now();

    private static Shell shell(TestCluster cluster) {
        String conf = ShellText.quote(cluster.environment().get("SLURM_CONF"));
        var local = new LocalShell();
        return (script, limit) -> local.run("export SLURM_CONF=" + conf + "\n" + script, limit);
    }

    private Batch batch(int size, String body, Map<String, String> options) {
        Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder()
                .partition("short")
                .resources(new Resources(
                        Optional.of(Duration.ofMinutes(1)), 1, 100L << 20, new TreeMap<>(), false, new TreeSet<>()));
        options.forEach(placement::option);
        return Batch.of(NAME, body, folder + "/log", placement.build()).size(size);
    }

    private String submit(String body) throws Exception {
        return system.submit(batch(1, body, Map.of())).getFirst();
    }

    private BatchStatus awaitEnd(String jobId) throws Exception {
        List<BatchStatus> last = new ArrayList<>();
        Await.until("the end of job " + jobId, PATIENCE, () -> {
            Optional.ofNullable(poll(jobId).get(jobId)).ifPresent(last::add);
            return !last.isEmpty() && last.getLast().end().isPresent();
        });
        return last.getLast();
    }

    private Map<String, BatchStatus> poll(String... jobIds) {
        try {
            return system.poll(List.of(jobIds), since);
        } catch (UnreachableException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private void awaitFile(String file) {
        Await.until(file, PATIENCE, () -> Files.exists(folder.resolve(file)));
    }

    @Test
    void describe_realCluster_hasNodesAndPartitions() throws Exception {
        ClusterDescription cluster = type.describe(shell);

        assertThat(cluster.hosts()).extracting("name").containsExactly("4cores-4G", "2small", "2large");
        assertThat(cluster.partitions()).extracting("name").containsExactly("short", "long");
        assertThat(cluster.partitions().getFirst().isDefault()).isTrue();
        assertThat(cluster.partitions().getLast().hosts()).containsExactly("2small", "2large");
    }

    @Test
    void endCommand_limitIsChanged_saysSo() throws Exception {
        String jobId = submit("while :; do sh -c \"$EXPERIMAESTRO_END_COMMAND\" > " + folder + "/end.new && mv "
                + folder + "/end.new " + folder + "/end; sleep 0.2; done\n");
        awaitFile("end");
        long end = Long.parseLong(read("end").strip());
        assertThat(end).isBetween(since.getEpochSecond(), Instant.now().getEpochSecond() + 61);

        slurm.output("scontrol", "update", "JobId=" + jobId, "TimeLimit=UNLIMITED");

        Await.until("no limit", PATIENCE, () -> folder.resolve("end").toFile().length() == 0);
        system.cancel(NAME, List.of(jobId));
        awaitEnd(jobId);
    }

    @Test
    void stateCommand_timeLimit_isToldToTheJob() throws Exception {
        String jobId = submit("trap 'sh -c \"$EXPERIMAESTRO_STATE_COMMAND\" > " + folder + "/state; exit 7' TERM\n"
                + "touch " + folder + "/started\nwhile :; do sleep 0.1; done\n");
        awaitFile("started");

        slurm.endNow(jobId);

        assertThat(awaitEnd(jobId).end()).contains(End.TIME_LIMIT);
        assertThat(read("state")).isEqualTo("TIME_LIMIT\n");
    }

    @Test
    void accountedUse_ofAJobThatHasEnded_isThatOfSacct() throws Exception {
        String jobId = submit("i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done\nexit 3\n");
        String longJob = submit("sleep 60\n");
        awaitEnd(jobId);
        List<BatchUse> uses = new ArrayList<>();
        Await.until("it is accounted", PATIENCE, () -> {
            try {
                uses.addAll(system.accountedUse(List.of(jobId, longJob), since).values());
                return !uses.isEmpty();
            } catch (UnreachableException | InterruptedException failed) {
                throw new AssertionError(failed);
            }
        });
        system.cancel(NAME, List.of(longJob));

        assertThat(uses).as("the other job goes on").hasSize(1);
        assertThat(uses.getFirst().state()).isEqualTo("FAILED");
        assertThat(uses.getFirst().exitCode()).hasValue(3);
        assertThat(uses.getFirst().wallSeconds()).isPresent();
        System.out.println("Slurm has accounted " + uses.getFirst());
    }

    @Test
    void submit_insideAJob_handsNoVariablesOn() throws Exception {
        String inner = "env | grep -c '^SLURM_ARRAY' > " + folder + "/inner; echo \"$task $EXPERIMAESTRO_RESTARTS\" >> "
                + folder + "/inner\n";
        List<String> scripts = new ArrayList<>();
        Shell recorder = (script, limit) -> {
            scripts.add(script);
            return new Shell.Output(0, "1\n", "");
        };
        type.open(LauncherDefinition.local(), recorder).submit(batch(1, inner, Map.of()));
        Path script = Files.writeString(folder.resolve("submit.sh"), scripts.getFirst());

        List<String> outer = system.submit(batch(
                2,
                "[ $task = 1 ] || exit 0\nexport SLURM_RESTART_COUNT=5 SBATCH_TIMELIMIT=99\nsh " + script + " > "
                        + folder + "/number-$task\n",
                Map.of()));

        assertThat(awaitEnd(outer.get(1)).end()).contains(End.COMPLETED);
        assertThat(awaitEnd(read("number-1").strip()).end()).contains(End.COMPLETED);
        assertThat(read("inner")).isEqualTo("0\n0 0\n");
    }

    @Test
    void submit_ranks_runOnAllNodes() throws Exception {
        Batch batch = batch(
                1,
                "echo \"$task $SLURMD_NODENAME\" > " + folder + "/rank-$SLURM_PROCID\n",
                Map.of("srun", "true", "nodes", "2", "ntasks", "2"));

        BatchStatus status = awaitEnd(system.submit(batch).getFirst());

        assertThat(status.end()).as(read("log-0.log")).contains(End.COMPLETED);
        assertThat(read("rank-0")).startsWith("0 node").isNotEqualTo(read("rank-1"));
    }

    @Test
    void submit_ranksWithSecrets_haveThemAndNoCommandLineDoes() throws Exception {
        String body = "TOKEN=in-the-body\necho \"$TOKEN $xpm_passed_TOKEN\" > " + folder + "/token-$SLURM_PROCID\n"
                + "cat /proc/[0-9]*/cmdline 2>/dev/null > " + folder + "/seen-$SLURM_PROCID\ntrue\n";
        Batch batch = batch(1, body, Map.of("srun", "true", "nodes", "2", "ntasks", "2"))
                .passing(new TreeMap<>(Map.of("xpm_passed_TOKEN", "passed-by-name")));

        BatchStatus status = awaitEnd(system.submit(batch).getFirst());

        assertThat(status.end()).as(read("log-0.log")).contains(End.COMPLETED);
        for (int rank = 0; rank < 2; rank++) {
            assertThat(read("token-" + rank)).isEqualTo("in-the-body passed-by-name\n");
            assertThat(Files.readString(folder.resolve("seen-" + rank), StandardCharsets.ISO_8859_1))
                    .contains("srun")
                    .doesNotContain("in-the-body", "passed-by-name");
        }
    }

    @Test
    void submit_oneRankFails_endsTheOthers() throws Exception {
        Batch batch =
                batch(1, "[ \"$SLURM_PROCID\" = 1 ] && exit 3\nexec sleep 60\n", Map.of("srun", "true", "ntasks", "2"));

        BatchStatus status = awaitEnd(system.submit(batch).getFirst());

        // srun ends with the largest exit code: that of the rank which it has ended by SIGTERM.
        assertThat(status.end()).contains(End.FAILED);
        assertThat(status.exitCode()).hasValue(143);
    }

    @Test
    void poll_taskCancelledBeforeItStarted_isCancelled() throws Exception {
        List<String> jobIds = system.submit(batch(
                4,
                "touch " + folder + "/ran-$task; until [ -e " + folder + "/go ]; do sleep 0.1; done\n",
                Map.of("array_limit", "1")));
        awaitFile("ran-0");

        system.cancel(NAME, List.of(jobIds.get(2)));

        assertThat(awaitEnd(jobIds.get(2))).hasToString("CANCELLED (before it started)");
        Files.createFile(folder.resolve("go"));
        assertThat(awaitEnd(jobIds.get(3)).end()).contains(End.COMPLETED);
        assertThat(folder.resolve("ran-2")).doesNotExist();
    }

    @Test
    void poll_jobThatCannotStart_isStuck() throws Exception {
        Batch batch = batch(1, "exit 0\n", Map.of("time", "10"));
        String jobId = system.submit(batch).getFirst();

        Await.until("the reason", PATIENCE, () -> poll(jobId).get(jobId).stuck());

        // First in general, then in particular: PartitionConfig, PartitionTimeLimit.
        assertThat(poll(jobId).get(jobId).toString()).matches("PENDING \\(Partition\\w+\\)");
        system.cancel(NAME, List.of(jobId));
    }

    @Test
    void poll_withoutAccounting_asksForItOnce() throws Exception {
        var counting = new CountingShell(shell(TestCluster.withoutAccounting()));
        BatchSystem other = type.open(LauncherDefinition.local(), counting);
        String jobId = other.submit(batch(1, "exit 3\n", Map.of())).getFirst();
        List<BatchStatus> ends = new ArrayList<>();
        Await.until("the end", PATIENCE, () -> {
            try {
                BatchStatus status = other.poll(List.of(jobId), since).get(jobId);
                ends.add(status);
                return status != null && status.end().isPresent();
            } catch (UnreachableException | InterruptedException failure) {
                throw new AssertionError(failure);
            }
        });
        int before = counting.calls();

        assertThat(ends.getLast().exitCode()).hasValue(3);
        assertThat(other.poll(List.of("987654"), since)).isEmpty();
        assertThat(counting.calls() - before).isEqualTo(2);
        assertThat(other.poll(List.of("987654"), since)).isEmpty();
        assertThat(counting.calls() - before).isEqualTo(3);
    }

    @Test
    void poll_databaseIsDown_stillTellsOfTheQueue() throws Exception {
        String jobId = submit("exit 0\n");
        awaitEnd(jobId);

        slurm.stopDaemon("slurmdbd");

        assertThat(poll(jobId, "987654")).containsOnlyKeys(jobId);
    }

    @Test
    void anyCall_controllerIsDown_isUnreachable() {
        slurm.stopController();

        assertThatThrownBy(() -> submit("exit 0\n"))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("Unable to contact slurm controller");
        assertThatThrownBy(() -> system.cancel(NAME, List.of("987654"))).isInstanceOf(UnreachableException.class);
    }
}
