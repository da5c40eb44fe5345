package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.requirement.AcceleratorKind;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One host whose resources are counted, and what the tests of its leases share. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
abstract class LeaseFixture {
    static final int CORES = 4;
    static final long MEMORY = 1_000;
    static final int LARGE = 2;

    static final HostDescription HOST = new HostDescription(
            "box",
            1,
            CORES,
            MEMORY,
            List.of(
                    new HostDescription.Accelerators(AcceleratorKind.CUDA, "large", 0, LARGE),
                    new HostDescription.Accelerators(AcceleratorKind.CUDA, "small", 0, 1)),
            new TreeSet<>());

    @TempDir
    Path folder;

    final List<Process> processes = new ArrayList<>();
    HostLeases leases;

    @BeforeEach
    void setUp() {
        leases = LeaseMain.leases(folder);
    }

    @AfterEach
    void tearDown() {
        processes.forEach(Process::destroyForcibly);
    }

    static Placement cores(int count) {
        return placement(count, 0, Map.of());
    }

    static Placement placement(int cores, long memory, Map<String, Integer> accelerators) {
        Resources resources =
                new Resources(Optional.empty(), cores, memory, new TreeMap<>(accelerators), false, new TreeSet<>());
        return TestLaunchers.placement(
                TestLaunchers.withCapacity(LauncherDefinition.local(), HOST), resources, OptionalInt.empty());
    }

    final JobFolder job(int number) {
        return LeaseMain.job(folder, number);
    }

    final CompletableFuture<HostLeases.Lease> acquire(
            HostLeases from, int number, Placement placement, RecordingListener listener) {
        CompletableFuture<HostLeases.Lease> lease = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                lease.complete(from.acquire(job(number), placement, listener));
            } catch (RefusedException | IOException | InterruptedException | RuntimeException failed) {
                lease.completeExceptionally(failed);
            }
        });
        return lease;
    }

    final Process start(String... arguments) throws IOException {
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
    final Process hold(int number, int cores) throws IOException {
        Process holder = start("hold", Integer.toString(number), Integer.toString(cores));
        try (BufferedReader reader = holder.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("held");
        }
        return holder;
    }

    /** The process of a job: it has begun, and does nothing. */
    final Process begin(JobFolder job) throws IOException {
        Process process = new ProcessBuilder("cat").start();
        processes.add(process);
        Attempt attempt = ((Claim.Granted) job.claim(ProcessIdentity.current(), "run")).attempt();
        attempt.begin(ProcessIdentity.find(process.pid()).orElseThrow(), System.currentTimeMillis());
        return process;
    }

    static void kill(Process process) {
        process.destroyForcibly();
        Poll.until(process + " is gone", () -> !process.isAlive());
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    final List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> hosts = Files.newDirectoryStream(folder.resolve("leases"))) {
            for (Path host : hosts) {
                files.addAll(LeaseFile.all(host));
            }
        }
        return files;
    }

    final List<String> holders() throws IOException {
        List<String> holders = new ArrayList<>();
        for (Path file : files()) {
            LeaseFile.read(file).holders().forEach(holder -> holders.add(holder.job()));
        }
        return holders;
    }

    /** Keeps what is said while a job waits. */
    static final class RecordingListener implements JobSpec.Listener {
        final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public void statusChanged(String state) {
            words.add(state);
        }

        @Override
        public void warned(String text) {
            words.add(text);
        }

        void awaitWord(String word) {
            Poll.until(word, () -> words.contains(word));
        }
    }
}
