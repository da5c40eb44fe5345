package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a workspace that the last version of format 1 has written, on a machine an hour east of Greenwich. */
class WorkspaceUpgradeTest {
    private static final String DONE = "quickstart.darts/01b6c46f330fe43b90fef39c83f819ca";
    private static final String FAILED = "quickstart.darts/7831f2a830aba3c96add5ee804c44168";

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void copyStoredWorkspace() throws Exception {
        root = folder.resolve("work");
        copy(
                Path.of(WorkspaceUpgradeTest.class
                                .getResource("format-1/.experimaestro.json")
                                .toURI())
                        .getParent(),
                root);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static WorkspaceUpgrade upgrade(Path root) {
        return new WorkspaceUpgrade(root, false);
    }

    private static SortedMap<String, String> content(Path root) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    private Path file(String job, String name) {
        return root.resolve("jobs").resolve(job).resolve(".experimaestro").resolve(name);
    }

    private static JobFolder job(Workspace workspace, String name) {
        int slash = name.indexOf('/');
        return workspace.job(name.substring(0, slash), ConfigId.parse(name.substring(slash + 1)));
    }

    @Test
    void open_formatOne_isRefusedWithTheCommand() throws IOException {
        SortedMap<String, String> before = content(root);
        for (var open : List.<Runnable>of(() -> Workspace.view(root), () -> Workspace.open(root))) {
            assertThatThrownBy(open::run)
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining("its format is 1, this version reads 2; convert the workspace with: "
                            + "experimaestro workspaces upgrade " + root);
        }
        assertThat(content(root)).isEqualTo(before);
    }

    @Test
    void run_storedWorkspace_isReadAsBefore() throws IOException {
        WorkspaceUpgrade.Report report = upgrade(root).run();

        assertThat(report.problems()).isEmpty();
        assertThat(report.runs())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "pi/20261128-172225", "pi/20261128-162225",
                        "pi/20261128-172259", "pi/20261128-162259"));
        Workspace workspace = Workspace.open(root);
        assertThat(job(workspace, DONE).status()).isInstanceOfSatisfying(JobStatus.Done.class, done -> {
            assertThat(done.metrics()).containsEntry("pi", 3.188);
            assertThat(done.started()).isBetween("2026-11-28T16:22:25Z", "2026-11-28T16:22:27Z");
            assertThat(done.defaults()).isNotNull();
        });
        assertThat(job(workspace, DONE).metricsSoFar(1)).containsEntry("pi", 3.188);
        assertThat(job(workspace, FAILED).status())
                .isInstanceOfSatisfying(
                        JobStatus.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(FailureCause.CANCELLED));
        assertThat(file(FAILED, "attempt-1.json")).content().contains("\"run\": \"pi/20261128-162225\"");
        List<RunFolder> runs = workspace.experiment("pi").runs();
        assertThat(runs).extracting(RunFolder::name).containsExactly("20261128-162225", "20261128-162259");
        assertThat(runs.get(1).description().orElseThrow().time("started"))
                .isEqualTo(Instant.parse("2026-11-28T16:22:59.965Z"));
        assertThat(runs.get(1).description().orElseThrow().object("process").integer("pid"))
                .isEqualTo(7767);
        List<RunFolder.SubmittedJob> jobs = new ArrayList<>();
        runs.get(0).readJobs(jobs::add);
        assertThat(jobs).extracting(RunFolder.SubmittedJob::name).containsExactly(DONE, FAILED);
        assertThat(jobs.get(0).time()).isEqualTo(Instant.parse("2026-11-28T16:22:25.885Z"));
        assertThat(content(root).keySet()).noneMatch(name -> name.contains("upgrade"));
    }

    @Test
    void run_parametersLogsAndResults_stayAsTheyAre() throws IOException {
        Files.writeString(root.resolve("jobs/" + DONE + "/done.json"), "{\"format\": 1, \"mine\": true}");
        SortedMap<String, String> before = content(root);
        upgrade(root).run();
        SortedMap<String, String> after = content(root);
        before.forEach((name, text) -> {
            if (name.matches(".*(params\\.json|classpath\\.txt|\\.log|[0-9a-f]{32}/done\\.json)")) {
                assertThat(after).containsEntry(name, text);
            }
        });
        assertThat(after.keySet()).hasSameSizeAs(before.keySet());
    }

    @Test
    void run_again_changesNothing() throws IOException {
        upgrade(root).run();
        SortedMap<String, String> once = content(root);
        WorkspaceUpgrade.Report again = upgrade(root).run();
        assertThat(again.wasCurrent()).isTrue();
        assertThat(again.files()).isZero();
        assertThat(content(root)).isEqualTo(once);
    }

    @Test
    void run_jobThatOldCodeRanAgainByHand_isConverted() throws IOException {
        String old = Files.readString(file(FAILED, "process-1.json"));
        upgrade(root).run();
        Files.writeString(file(FAILED, "process-1.json"), old);
        assertThat(job(Workspace.view(root), FAILED).status().message()).contains("experimaestro workspaces upgrade");
        assertThat(upgrade(root).run().files()).isOne();
        assertThat(job(Workspace.view(root), FAILED).status().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void run_runThatCouldNotBeRead_isConvertedOnceItCan() throws IOException {
        Path description = root.resolve("experiments/pi/runs/20261128-172259/run.json");
        String whole = Files.readString(description);
        Files.writeString(description, whole.substring(0, 20));
        assertThat(upgrade(root).run().problems()).singleElement().asString().contains("20261128-172259");

        Files.writeString(description, whole);
        WorkspaceUpgrade.Report report = upgrade(root).run();

        assertThat(report.problems()).isEmpty();
        assertThat(report.runs()).containsEntry("pi/20261128-172259", "pi/20261128-162259");
        assertThat(Files.readString(root.resolve("experiments/pi/runs/20261128-162259/run.json")))
                .contains("\"format\": 2");
    }

    @Test
    void preview_writesNothingAndTellsTheSame() throws IOException {
        SortedMap<String, String> before = content(root);
        WorkspaceUpgrade.Report preview = upgrade(root).preview();
        assertThat(content(root)).isEqualTo(before);
        assertThat(upgrade(root).run()).isEqualTo(preview);
    }

    @Test
    void run_files_keepTimeAndPermissions() throws IOException {
        Path file = file(FAILED, "process-1.json");
        FileTime time = FileTime.from(Instant.parse("2026-11-20T10:00:00Z"));
        Files.setLastModifiedTime(file, time);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        upgrade(root).run();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
    }

    /** A process that is killed: nothing after that moment happens. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final class KillAt implements Disturbance {
        private final int at;
        private int count;

        KillAt(int at) {
            this.at = at;
        }

        @Override
        public void before(Operation operation, Path path) {
            if (operation != Operation.LOOK && operation != Operation.LIST && count++ >= at) {
                throw new Killed();
            }
        }
    }

    @Test
    void run_killedAtAnyMoment_isContinuedByTheNext() throws IOException {
        // Names that are each other's, as where the clocks of two machines are set to different zones.
        rename("20261128-172259", "20261128-162225");
        rename("20261128-172225", "20261128-162259");
        Path whole = folder.resolve("whole");
        copy(root, whole);
        upgrade(whole).run();
        SortedMap<String, String> expected = content(whole);

        boolean isKilled = true;
        int moment = 0;
        for (; isKilled; moment++) {
            Path broken = folder.resolve("broken-" + moment);
            copy(root, broken);
            KillAt kill = new KillAt(moment);
            try {
                upgrade(disturb(broken, kill)).run();
                isKilled = false;
            } catch (Killed killed) {
                if (Files.readString(broken.resolve(WorkspaceLayout.MARKER)).contains(Workspace.UPGRADING)) {
                    assertThatThrownBy(() -> Workspace.view(broken))
                            .isInstanceOf(WorkspaceException.class)
                            .hasMessageContaining("was interrupted")
                            .hasMessageContaining("experimaestro workspaces upgrade " + broken);
                }
            }
            bury(broken);
            upgrade(broken).run();
            SortedMap<String, String> continued = content(broken);
            continued.keySet().removeIf(name -> name.contains("/.tmp-") || name.startsWith(".tmp-"));
            assertThat(continued).as("killed before the %s. operation", moment).isEqualTo(expected);
        }
        assertThat(moment).isGreaterThan(60);
    }

    /** Has the process be gone that was killed: here it was this one. */
    private static void bury(Path workspace) throws IOException {
        for (int number = 1; Files.exists(workspace.resolve(WorkspaceLayout.claim("upgrade", number))); number++) {
            claimOfTheDead(workspace, number);
        }
    }

    private static void claimOfTheDead(Path workspace, int number) throws IOException {
        Map<String, Object> gone = ProcessIdentity.current().toJson();
        gone.put("pid", 2_000_000_000L);
        Files.writeString(
                workspace.resolve(WorkspaceLayout.claim("upgrade", number)),
                Json.write(Map.of("format", 2, "process", gone)));
    }

    private void rename(String from, String to) throws IOException {
        Path runs = root.resolve("experiments/pi/runs");
        Files.move(runs.resolve(from), runs.resolve(to));
        Path description = runs.resolve(to).resolve("run.json");
        Files.writeString(description, Files.readString(description).replace(from, to));
    }

    @Test
    void run_runningJob_isRefusedAndTheMarkerStays() throws IOException {
        Map<String, Object> process = ProcessIdentity.current().toJson();
        process.put("format", 1);
        process.put("started", 1_795_000_000_000L);
        Files.delete(file(FAILED, "failed-1.json"));
        Files.writeString(file(FAILED, "process-1.json"), Json.write(process));
        requireRefused(
                FAILED + " (running, process " + ProcessIdentity.current().pid() + " on ");
        // What it holds of this host stays its own, too.
        Path running = root.resolve("jobs").resolve(FAILED);
        assertThat(JobFolder.ofAnyFormat(running).status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void run_crashBeforeAnythingWasConverted_isTakenBackWhileSomethingIsAlive() throws IOException {
        Map<String, Object> process = ProcessIdentity.current().toJson();
        process.put("format", 1);
        process.put("started", 1_795_000_000_000L);
        Files.delete(file(FAILED, "failed-1.json"));
        Files.writeString(file(FAILED, "process-1.json"), Json.write(process));
        Path marker = root.resolve(WorkspaceLayout.MARKER);
        Files.writeString(marker, Json.write(Map.of("format", 2, "upgrading", true)));

        assertThatThrownBy(() -> upgrade(root).run()).hasMessageContaining("(running, process ");

        assertThat(Json.parse(Files.readString(marker))).isEqualTo(Map.of("format", 1L));
    }

    @Test
    void run_anotherProcessConverts_isRefusedAndChangesNothing() throws IOException {
        WorkspaceClaim other = WorkspaceClaim.take(WorkspaceClaim.Work.CONVERSION, "convert the workspace", root);
        SortedMap<String, String> before = content(root);

        assertThatThrownBy(() -> upgrade(root).run())
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot convert the workspace: process ")
                .hasMessageContaining(" converts the workspace; wait for its end");
        assertThat(content(root)).isEqualTo(before);

        other.release();
        assertThat(upgrade(root).run().wasCurrent()).isFalse();
        assertThat(content(root).keySet()).noneMatch(name -> name.startsWith(".experimaestro-upgrade"));
    }

    @Test
    void take_afterProcessesThatWereKilled_isForOneOfAll() throws Exception {
        claimOfTheDead(root, 1);
        claimOfTheDead(root, 2);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < 8; i++) {
                threads.submit(() -> {
                    try {
                        WorkspaceClaim.take(WorkspaceClaim.Work.CONVERSION, "convert the workspace", root);
                        taken.incrementAndGet();
                    } catch (WorkspaceException another) {
                        refused.incrementAndGet();
                    }
                    return null;
                });
            }
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(taken).hasValue(1);
        assertThat(refused).hasValue(7);
    }

    @Test
    void run_jobThatIsClosedToThisUser_isReportedAndTheOthersAreConverted() throws IOException {
        Path internal = root.resolve("jobs").resolve(FAILED).resolve(".experimaestro");
        Path elsewhere = Files.move(internal, root.resolve("elsewhere"));
        Files.createSymbolicLink(internal, elsewhere);

        WorkspaceUpgrade.Report report = upgrade(root).run();

        assertThat(report.problems()).singleElement().asString().contains("The job " + FAILED + " is not converted: ");
        assertThat(report.files()).isPositive();
    }

    @Test
    void run_jobOfABatchSystem_isRefusedAndNamed() throws IOException {
        Files.delete(file(FAILED, "failed-1.json"));
        Files.delete(file(FAILED, "process-1.json"));
        Files.writeString(file(FAILED, "handed-1.json"), """
                {"format": 1, "job": "%s", "launcher": "cluster", "type": "slurm", "handle": "1234_5", "log": "/x/log-5.log",
                 "since": 1795470978484}
                """.formatted(FAILED));
        requireRefused(FAILED + " (queued, cluster 1234_5)");
    }

    @Test
    void run_liveRun_isRefused() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        openRun(self.host(), self.pid());
        requireRefused("run pi/20261128-172259 (process " + self.pid() + " on " + self.host() + ")");
    }

    @Test
    void run_runOfAnotherHostWithoutAnEnd_needsAWord() throws IOException {
        openRun("another-host.invalid", 4711);
        requireRefused("add --runs-have-ended");
        assertThat(new WorkspaceUpgrade(root, true).run().problems()).isEmpty();
        assertThat(Workspace.view(root)
                        .experiment("pi")
                        .runs()
                        .get(1)
                        .description()
                        .orElseThrow()
                        .string("outcome"))
                .isEqualTo("KILLED");
    }

    /** Nobody has told its end, and the number of its process is another's by now, if it is one's. */
    @Test
    void run_killedRunOfThisHost_isConverted() throws IOException {
        openRun(ProcessIdentity.current().host(), 1L << 40);
        assertThat(upgrade(root).run().problems()).isEmpty();
    }

    private void openRun(String host, long pid) throws IOException {
        Path file = root.resolve("experiments/pi/runs/20261128-172259/run.json");
        Files.writeString(file, """
                {"format": 1, "experiment": "pi", "run": "20261128-172259", "host": "%s", "pid": %d,
                 "started": "%s"}
                """.formatted(host, pid, Instant.now()));
    }

    private void requireRefused(String reason) throws IOException {
        SortedMap<String, String> before = content(root);
        for (var call :
                List.<Runnable>of(() -> upgrade(root).run(), () -> upgrade(root).preview())) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageStartingWith("Cannot convert the workspace " + root + " while ")
                    .hasMessageContaining(reason);
            SortedMap<String, String> after = content(root);
            before.put(WorkspaceLayout.MARKER, Json.write(Map.of("format", 1)));
            after.put(WorkspaceLayout.MARKER, Json.write(Json.parse(after.get(WorkspaceLayout.MARKER))));
            assertThat(after).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "attempt-1.json, '{\"format\": 1, \"claimed\": \"soon\"}'",
        "process-1.json, '{\"format\": 1, '",
        "failed-1.json, '{\"format\": 3}'",
        "failed-1.json, '[]'"
    })
    void run_fileThatCannotBeRead_staysAndIsTold(String name, String text) throws IOException {
        Path file = file(FAILED, name);
        Files.writeString(file, text);
        WorkspaceUpgrade.Report report = upgrade(root).run();
        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().get(0)).contains(file.toString());
        assertThat(file).hasContent(text);
        assertThat(job(Workspace.view(root), DONE).status().state()).isEqualTo(JobState.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "0", "\"1\""})
    void run_otherFormat_isRefused(String format) throws IOException {
        Files.writeString(root.resolve(WorkspaceLayout.MARKER), "{\"format\": " + format + "}");
        assertThatThrownBy(() -> upgrade(root).run())
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("format");
    }

    @Test
    void run_noWorkspace_isRefused() {
        assertThatThrownBy(() -> upgrade(folder).run()).hasMessageContaining("There is no workspace in " + folder);
    }

    @Test
    void run_manyRunsOfASecond_keepTheirOrder() throws IOException {
        Path runs = root.resolve("experiments/pi/runs");
        for (int i = 0; i < 120; i++) {
            Path run = Files.createDirectory(runs.resolve("20261128-13" + (1000 + i)));
            Files.writeString(run.resolve("run.json"), """
                    {"format": 1, "host": "vm", "pid": 1, "started": "2026-11-28T12:00:00.%03dZ",
                     "ended": "2026-11-28T12:00:01Z"}
                    """.formatted(i));
            Files.writeString(run.resolve("jobs.jsonl"), "");
        }
        upgrade(root).run();
        List<Instant> times = Workspace.view(root).experiment("pi").runs().stream()
                .map(run -> run.description().orElseThrow().time("started"))
                .toList();
        assertThat(times).hasSize(122).isSorted();
        assertThat(runs.resolve("20261128-120000-99")).exists();
        assertThat(runs.resolve("20261128-120001-21")).exists();
    }

    @Test
    void run_eventsWithATornEnd_keepEachLine() throws IOException {
        Path events = file(FAILED, "events-1.jsonl");
        Files.writeString(events, """
                not JSON
                {"time":1795470979504,"level":0,"progress":0.5,"description":"é"}
                {"time":1795470979621,"metric":"loss","value":0.25,"step":120}
                {"time":1795470979622,"met""");
        upgrade(root).run();
        assertThat(events).hasContent("""
                not JSON
                {"time":"2026-11-23T21:56:19.504Z","level":0,"progress":0.5,"description":"é"}
                {"time":"2026-11-23T21:56:19.621Z","metric":"loss","value":0.25,"step":120}
                {"time":1795470979622,"met""");
    }
}
