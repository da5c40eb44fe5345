package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Requirement;
import org.experimaestro.engine.job.JobOrder;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jobs of several runs hold of one host. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class HostLeasesTest {
    static final int CORES = 4;
    static final long MEMORY = 1_000;
    static final int LARGE = 2;

    private static final HostDescription HOST = new HostDescription(
            "box",
            1,
            CORES,
            MEMORY,
            List.of(
                    new HostDescription.Accelerators(Requirement.AcceleratorKind.CUDA, "large", 0, LARGE),
                    new HostDescription.Accelerators(Requirement.AcceleratorKind.CUDA, "small", 0, 1)),
            new TreeSet<>());

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private HostLeases leases;

    @BeforeEach
    void setUp() {
        leases = LeaseMain.leases(folder);
    }

    @AfterEach
    void tearDown() {
        processes.forEach(Process::destroyForcibly);
    }

    // ---- within a run, and between runs of one process ----

    @Test
    void acquire_twoRuns_neverHoldMoreThanThereIs() throws Exception {
        HostLeases.Lease three = leases.acquire(job(1), cores(3), new Voice());
        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> two = acquire(LeaseMain.leases(folder), 2, cores(2), voice);
        voice.awaitWord("waiting for 2 cores of box");
        try (HostLeases.Lease one = LeaseMain.leases(folder).acquire(job(3), cores(1), new Voice())) {
            assertThat(one.environment()).isEmpty();
            assertThat(two).isNotDone();
        }
        three.close();
        two.get().close();
        assertThat(holders()).isEmpty();
    }

    @Test
    void acquire_memory_isCountedToo() throws Exception {
        HostLeases.Lease most = leases.acquire(job(1), placement(0, 900, Map.of()), new Voice());
        leases.acquire(job(2), placement(0, 100, Map.of()), new Voice());
        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> more = acquire(leases, 3, placement(1, 1, Map.of()), voice);
        voice.awaitWord("waiting for memory of box");
        // All or nothing: it does not hold its core while it waits for memory.
        leases.acquire(job(4), cores(4), new Voice()).close();
        most.close();
        more.get().close();
    }

    @Test
    void acquire_accelerators_areDisjoint_andNumberedAsTheHostHasThem() throws Exception {
        HostLeases.Lease one = leases.acquire(job(1), placement(0, 0, Map.of("large", 1)), new Voice());
        HostLeases.Lease two = leases.acquire(job(2), placement(0, 0, Map.of("large", 1, "small", 1)), new Voice());
        assertThat(one.environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "0"));
        assertThat(two.environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "1,2"));

        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> both = acquire(leases, 3, placement(0, 0, Map.of("large", 2)), voice);
        voice.awaitWord("waiting for 2 accelerators large of box");
        one.close();
        voice.awaitWord("waiting for 1 accelerator large of box");
        two.close();
        assertThat(both.get().environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "0,1"));
    }

    @Test
    void acquire_moreThanTheHostHas_isRefusedAtOnce() throws Exception {
        HostLeases.Lease small = leases.acquire(job(1), placement(1, 1, Map.of("small", 1)), new Voice());
        Voice voice = new Voice();
        assertThatThrownBy(() -> leases.acquire(job(2), cores(64), voice))
                .isInstanceOf(RefusedException.class)
                .hasMessage("it was given 64 cores, of which box has 4");
        assertThatThrownBy(() -> leases.acquire(job(2), placement(0, 2_000, Map.of()), voice))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> leases.acquire(job(2), placement(0, 0, Map.of("large", 3)), voice))
                .isInstanceOf(RefusedException.class);
        assertThat(voice.words).isEmpty();
        small.close();
        assertThat(holders()).isEmpty();
    }

    @Test
    void acquire_acceleratorsOfOneNameInSeveralGroups_areCountedTogether() throws Exception {
        HostDescription host = new HostDescription(
                "mixed",
                1,
                1,
                1,
                List.of(
                        new HostDescription.Accelerators(Requirement.AcceleratorKind.CUDA, "", 0, 1),
                        new HostDescription.Accelerators(Requirement.AcceleratorKind.CUDA, "", 0, 2)),
                new TreeSet<>());
        LauncherDefinition launcher = TestLaunchers.withCapacity(LauncherDefinition.local(), host);
        Resources two = placement(0, 0, Map.of("", 2)).resources();
        HostLeases.Lease lease =
                leases.acquire(job(1), TestLaunchers.placement(launcher, two, OptionalInt.empty()), new Voice());
        assertThat(lease.environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "0,1"));
    }

    @Test
    void acquire_launcherThatDoesNotCount_orNothingAsked_isNothing() throws Exception {
        Placement uncounted =
                TestLaunchers.placement(LauncherDefinition.local(), cores(64).resources(), OptionalInt.empty());
        assertThat(leases.acquire(job(1), uncounted, new Voice())).isSameAs(HostLeases.Lease.NOTHING);
        assertThat(leases.acquire(job(2), placement(0, 0, Map.of()), new Voice()))
                .isSameAs(HostLeases.Lease.NOTHING);
        assertThat(folder.resolve("leases")).doesNotExist();
    }

    @Test
    void acquire_hostBehindAConnector_isNotThisHost() throws Exception {
        leases.acquire(job(1), cores(4), new Voice());
        LauncherDefinition far = TestLaunchers.withConnector(
                cores(4).launcher(), new org.experimaestro.spi.ConnectorDefinition("cluster", "ssh", new TreeMap<>()));
        Placement there = TestLaunchers.placement(far, cores(4).resources(), OptionalInt.empty());
        leases.acquire(job(2), there, new Voice());
        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> more = acquire(leases, 3, there, voice);
        voice.awaitWord("waiting for 4 cores of box");
        assertThat(more).isNotDone();
    }

    @Test
    void acquire_interrupted_holdsNothing() throws Exception {
        HostLeases.Lease all = leases.acquire(job(1), cores(4), new Voice());
        Voice voice = new Voice();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                leases.acquire(job(2), cores(1), voice);
            } catch (RefusedException | IOException | InterruptedException stopped) {
                end.complete(stopped);
            }
        });
        voice.awaitWord("waiting for 1 cores of box");
        thread.interrupt();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        all.close();
        assertThat(holders()).isEmpty();
    }

    @Test
    void acquire_interruptedBefore_isAnInterruption_notAFailure() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            Thread.currentThread().interrupt();
            try {
                leases.acquire(job(1), cores(1), new Voice());
            } catch (RefusedException | IOException | InterruptedException stopped) {
                end.complete(stopped);
            }
        });
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    // ---- deaths ----

    @Test
    void acquire_holderIsKilled_isGranted() throws Exception {
        Process holder = hold(1, 4);
        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> mine = acquire(leases, 2, cores(1), voice);
        voice.awaitWord("waiting for 1 cores of box");
        kill(holder);
        mine.get().close();
    }

    @Test
    void acquire_driverIsKilledButItsJobRuns_waitsForTheJob() throws Exception {
        Process holder = hold(1, 4);
        Process jobs = begin(job(1));
        kill(holder);
        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> mine = acquire(leases, 2, cores(1), voice);
        voice.awaitWord("waiting for 1 cores of box");
        assertThat(mine).isNotDone();
        kill(jobs);
        mine.get().close();
    }

    @Test
    void close_jobRunsOn_keepsItsShareUntilItsEnd() throws Exception {
        HostLeases.Lease lease = leases.acquire(job(1), placement(4, 0, Map.of("small", 1)), new Voice());
        Process jobs = begin(job(1));
        lease.close();
        Voice voice = new Voice();
        CompletableFuture<HostLeases.Lease> mine = acquire(leases, 2, cores(1), voice);
        voice.awaitWord("waiting for 1 cores of box");
        assertThat(mine).isNotDone();
        kill(jobs);
        // This process, which took the lease, lives on.
        mine.get().close();
    }

    @Test
    void acquire_jobWhoseRunAndProcessHaveDied_doesNotWaitForItself() throws Exception {
        Process holder = hold(1, 4);
        Process jobs = begin(job(1));
        kill(holder);
        kill(jobs);
        assertThat(job(1).claim(ProcessIdentity.current(), "next")).isInstanceOf(Claim.Granted.class);
        Voice voice = new Voice();
        HostLeases.Lease again = leases.acquire(job(1), cores(3), voice);
        assertThat(voice.words).isEmpty();
        assertThat(holders()).containsExactly(job(1).path().toString());
        again.close();
    }

    @Test
    void close_laterAttemptHasTheJob_keepsThatLease() throws Exception {
        HostLeases.Lease first = leases.acquire(job(1), cores(4), new Voice());
        HostLeases.Lease second = leases.acquire(job(1), cores(4), new Voice());
        first.close();
        assertThat(holders()).hasSize(1);
        second.close();
        assertThat(holders()).isEmpty();
    }

    // ---- files ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\":1}",
                "{\"format\":1,\"holders\":[1]}",
                "{\"format\":1,\"holders\":[{\"job\":\"x\",\"amount\":4}]}",
                "{\"format\":1,\"holders\":[{\"lease\":\"1\",\"job\":\"x\",\"owner\":"
                        + "{\"host\":\"h\",\"boot\":\"b\",\"pid\":1,\"start\":1},\"amount\":4}]}",
                "{\"format\":1,\"holders\":[{\"lease\":\"1\",\"job\":\"/not/a\\u0000path\",\"owner\":"
                        + "{\"host\":\"h\",\"boot\":\"b\",\"pid\":1,\"start\":1},\"amount\":4}]}"
            })
    void acquire_corruptFile_isWrittenAnew(String text) throws Exception {
        leases.acquire(job(1), placement(1, 1, Map.of("large", 1)), new Voice()).close();
        for (Path file : files()) {
            Files.writeString(file, text);
        }
        HostLeases.Lease lease = leases.acquire(job(2), placement(4, 1_000, Map.of("large", 2)), new Voice());
        assertThat(lease.environment()).containsEntry("CUDA_VISIBLE_DEVICES", "0,1");
        assertThat(holders()).containsOnly(job(2).path().toString()).hasSize(4);
        lease.close();
        assertThat(holders()).isEmpty();
    }

    // ---- at random ----

    @Test
    void acquire_severalProcessesAtRandom_neverHoldMoreThanThereIs() throws Exception {
        int count = 30;
        Process one = start("take", "1", Integer.toString(count));
        Process two = start("take", "2", Integer.toString(count));
        Process three = start("take", "3", Integer.toString(count));
        Path ready = folder.resolve("ready");
        Poll.until("all are there", () -> lines(ready).size() == 3);
        Files.writeString(folder.resolve("go"), "");
        assertThat(three.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(one.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(two.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(one.exitValue()).isZero();
        assertThat(two.exitValue()).isZero();
        assertThat(three.exitValue()).isZero();

        int cores = 0;
        long memory = 0;
        Set<String> devices = new HashSet<>();
        List<String> ledger = lines(folder.resolve("ledger"));
        assertThat(ledger).hasSize(3 * 2 * count);
        for (String line : ledger) {
            String[] words = line.split(" ");
            int sign = words[0].equals("+") ? 1 : -1;
            cores += sign * Integer.parseInt(words[1]);
            memory += sign * Long.parseLong(words[2]);
            assertThat(cores).isBetween(0, CORES);
            assertThat(memory).isBetween(0L, MEMORY);
            for (String device : words[3].split(",")) {
                boolean changed = device.equals("none") || (sign > 0 ? devices.add(device) : devices.remove(device));
                assertThat(changed).as("device %s of %s", device, line).isTrue();
            }
        }
        assertThat(holders()).isEmpty();
    }

    // ---- helpers ----

    static Placement cores(int count) {
        return placement(count, 0, Map.of());
    }

    static Placement placement(int cores, long memory, Map<String, Integer> accelerators) {
        Resources resources =
                new Resources(Optional.empty(), cores, memory, new TreeMap<>(accelerators), false, new TreeSet<>());
        return TestLaunchers.placement(
                TestLaunchers.withCapacity(LauncherDefinition.local(), HOST), resources, OptionalInt.empty());
    }

    private JobFolder job(int number) {
        return LeaseMain.job(folder, number);
    }

    private CompletableFuture<HostLeases.Lease> acquire(HostLeases from, int number, Placement placement, Voice voice) {
        CompletableFuture<HostLeases.Lease> lease = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                lease.complete(from.acquire(job(number), placement, voice));
            } catch (RefusedException | IOException | InterruptedException | RuntimeException failed) {
                lease.completeExceptionally(failed);
            }
        });
        return lease;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(LeaseMain.class.getName(), arguments[0], folder.toString()));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    /** Another run, which has taken cores for a job. */
    private Process hold(int number, int cores) throws IOException {
        Process holder = start("hold", Integer.toString(number), Integer.toString(cores));
        try (BufferedReader reader = holder.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("held");
        }
        return holder;
    }

    /** The process of a job: it has begun, and does nothing. */
    private Process begin(JobFolder job) throws IOException {
        Process process = new ProcessBuilder("cat").start();
        processes.add(process);
        Attempt attempt = ((Claim.Granted) job.claim(ProcessIdentity.current(), "run")).attempt();
        attempt.begin(ProcessIdentity.find(process.pid()).orElseThrow(), System.currentTimeMillis());
        return process;
    }

    private static void kill(Process process) {
        process.destroyForcibly();
        Poll.until(process + " is gone", () -> !process.isAlive());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> hosts = Files.newDirectoryStream(folder.resolve("leases"))) {
            for (Path host : hosts) {
                files.addAll(LeaseFile.all(host));
            }
        }
        return files;
    }

    private List<String> holders() throws IOException {
        List<String> holders = new ArrayList<>();
        for (Path file : files()) {
            LeaseFile.read(file).holders().forEach(holder -> holders.add(holder.job()));
        }
        return holders;
    }

    /** Keeps what is said while a job waits. */
    private static final class Voice implements JobOrder.Voice {
        private final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public void says(String state) {
            words.add(state);
        }

        @Override
        public void warns(String text) {
            words.add(text);
        }

        void awaitWord(String word) {
            Poll.until(word, () -> words.contains(word));
        }
    }
}
