package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceUseTest {
    @TempDir
    Path root;

    private Attempt attempt() throws Exception {
        JobFolder job = Workspace.open(root).job("test.job", ConfigId.parse("00000000000000030000000000000004"));
        return ((Claim.Granted) job.claim(ProcessIdentity.current(), "run")).attempt();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofThisProcess_linux_isWhatTheSystemSays() throws IOException {
        ResourceUse use = ResourceUse.ofThisProcess(System.currentTimeMillis() - 4_500, 0);
        assertThat(use.cpuSeconds().orElseThrow()).isBetween(0.05, cpuSeconds() + 0.05);
        assertThat(use.maxMemoryBytes().orElseThrow()).isGreaterThan(10 << 20);
        assertThat(use.wallSeconds()).isBetween(4.5, 100.0);
    }

    /** The times of this process and of its children that have ended, in 1/100 s (proc_pid_stat(5), fields 14 to 17). */
    private static double cpuSeconds() throws IOException {
        String[] fromState = Files.readString(Path.of("/proc/self/stat"))
                .replaceFirst("(?s)^.*\\) ", "")
                .split(" ");
        return Stream.of(fromState).skip(11).limit(4).mapToLong(Long::parseLong).sum() / 100.0;
    }

    @Test
    void ofThisProcess_clockThatWasSetBack_isNotNegative() {
        assertThat(ResourceUse.ofThisProcess(System.currentTimeMillis() + 100_000, 0)
                        .wallSeconds())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'VmPeak:\t 99 kB\nVmHWM:\t   1234 kB\nVmRSS: 1 kB\n', 1263616",
                "'Name: x\n', -",
                "'VmHWM: many kB', -",
                "'', -"
            })
    void memory_ofAStatusFile_isThePeak(String status, Long bytes) {
        assertThat(ProcessUse.memory("VmHWM:", status))
                .isEqualTo(bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    @Test
    void done_use_isReadBack() throws Exception {
        ResourceUse use = new ResourceUse(
                OptionalDouble.of(1.23),
                OptionalDouble.of(0.25),
                OptionalLong.of(123_456_789),
                OptionalLong.of(1000),
                4.5);
        Attempt attempt = attempt();
        attempt.done(1, Map.of(), null, use);
        assertThat(attempt.job().doneMarker())
                .content()
                .contains(
                        "\"usage\": {",
                        "\"cpuSeconds\": 1.23,",
                        "\"gcSeconds\": 0.25,",
                        "\"maxMemoryBytes\": 123456789,",
                        "\"childMemoryBytes\": 1000,",
                        "\"wallSeconds\": 4.5");
        assertThat(attempt.job().status().findUse()).contains(use);
    }

    @Test
    void failed_useThatIsPartlyUnknown_isReadBack() throws Exception {
        ResourceUse use = nothing(4.5);
        Attempt attempt = attempt();
        attempt.failed(FailureCause.EXCEPTION, "no data", null, use);
        assertThat(attempt.job().status().findUse()).contains(use);
    }

    private static ResourceUse nothing(double wallSeconds) {
        return new ResourceUse(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                wallSeconds);
    }

    @Test
    void status_processThatWasKilled_hasTheUseThatItStoredLast() throws Exception {
        Attempt attempt = attempt();
        Process process = new ProcessBuilder("cat").start();
        attempt.begin(ProcessIdentity.find(process.pid()).orElseThrow(), 1_700_000_000_000L);
        assertThat(attempt.record().findUse()).isEmpty();
        attempt.storeUse(nothing(10));
        attempt.storeUse(nothing(20));
        assertThat(attempt.record().findUse()).contains(nothing(20));
        process.destroyForcibly().waitFor();
        assertThat(attempt.job().status().findCause()).contains(FailureCause.VANISHED);
        assertThat(attempt.job().status().findUse()).contains(nothing(20));

        Files.writeString(attempt.job().usageFile(1), "{");
        assertThat(attempt.job().status().findUse()).isEmpty();
        assertThat(attempt.job().status().findCause()).contains(FailureCause.VANISHED);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void childMemory_processesAndTheirs_isThatOfAllThatLive() throws Exception {
        long before = ProcessUse.childMemory();
        Process shell = new ProcessBuilder("sh", "-c", "sleep 1000 & wait").start();
        try {
            while (shell.descendants().count() < 1) {
                Thread.onSpinWait();
            }
            long both = ProcessUse.childMemory() - before;
            assertThat(both)
                    .isGreaterThan(
                            ProcessUse.peakMemory(Long.toString(shell.pid())).orElseThrow());
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().waitFor();
        }
        assertThat(ProcessUse.childMemory()).isLessThanOrEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "'7 (GC Thread#0) S 1', true",
        "'7 (G1 Conc#0) S 1', true",
        "'7 (VM Thread) S 1', true",
        "'7 (ZWorkerYoung#0) S', true",
        "'7 (main) S 1', false",
        "'7 (a) GC Thread) S', false",
        "'', false"
    })
    void isCollector_nameOfAThread_isThatOfHotSpot(String stat, boolean isCollector) {
        assertThat(ProcessUse.isCollector(stat)).isEqualTo(isCollector);
    }

    @Test
    void failed_byWhoWatches_hasNoUse() throws Exception {
        Attempt attempt = attempt();
        attempt.failed(FailureCause.VANISHED, "gone", 137);
        assertThat(attempt.job().status().findUse()).isEmpty();
    }
}
