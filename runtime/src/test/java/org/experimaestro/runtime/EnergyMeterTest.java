package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.ProcessUse;
import org.experimaestro.workspace.ResourceUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The energy of a job, by counters that are files of the test, and by an estimate. */
class EnergyMeterTest {
    private static final ResourceUse USE = new ResourceUse(
            OptionalDouble.of(10), OptionalDouble.empty(), OptionalLong.of(2L << 30), OptionalLong.empty(), 100);

    @TempDir
    private Path folder;

    private Path zone(String name, String label, String energy) throws IOException {
        Path zone = Files.createDirectories(folder.resolve(name));
        Files.writeString(zone.resolve("name"), label + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "1000000000\n");
        return Files.writeString(zone.resolve("energy_uj"), energy + "\n");
    }

    @Test
    void joules_severalZones_areThoseOfProcessorsAndMemory_alsoAfterTheyBeganAnew() throws IOException {
        Path processor = zone("intel-rapl:0", "package-0", "999000000");
        Path cores = zone("intel-rapl:0:0", "core", "5000000");
        Path memory = zone("intel-rapl:0:1", "dram", "7000000");
        zone("intel-rapl-mmio:0", "package-0", "5");
        Path platform = zone("intel-rapl:1", "psys", "0");
        RaplCounters counters = RaplCounters.find(folder);

        Files.writeString(processor, "2000000\n");
        Files.writeString(cores, "6000000\n");
        Files.writeString(memory, "7500000\n");
        Files.writeString(platform, "9000000\n");

        assertThat(counters.joules()).isEqualTo(3 + 0.5, within(1e-9));
        assertThat(counters.joules()).isZero();
    }

    @Test
    void measure_countersCannotBeRead_isEstimated_andHasCarbonIfItsIntensityIsKnown() throws IOException {
        Path unreadable = zone("intel-rapl:0", "package-0", "not for you");
        assertThat(RaplCounters.find(unreadable.getParent().getParent()).isThere())
                .isFalse();
        assertThat(RaplCounters.find(folder.resolve("none")).isThere()).isFalse();

        EnergyMeter meter = new EnergyMeter(Map.of(JobVariables.CARBON, "56"), folder);
        meter.look();
        EnergyUse use = meter.measure(USE);

        double joules = 10 * 12 + 2 * 0.375 * 100;
        assertThat(use).isEqualTo(new EnergyUse(joules, true, OptionalDouble.of(joules / 3.6e6 * 56)));
        assertThat(new EnergyMeter(Map.of(), folder).measure(USE))
                .isEqualTo(new EnergyUse(joules, true, OptionalDouble.empty()));
    }

    @Test
    void measure_counters_countTheShareOfTheJob() throws IOException {
        Path processor = zone("intel-rapl:0", "package-0", "0");
        EnergyMeter meter = new EnergyMeter(Map.of(), folder);
        meter.look();
        Files.writeString(processor, "900000000\n");
        // The job takes some CPU time, so that it has a share.
        double enough = ProcessUse.cpuSecondsOfTree() + 0.2;
        while (ProcessUse.cpuSecondsOfTree() < enough) {
            Thread.onSpinWait();
        }
        EnergyUse use = meter.measure(USE);

        assertThat(use).isNotNull();
        assertThat(use.isEstimated()).isFalse();
        assertThat(use.joules()).isBetween(0.1, 900.0);
        assertThat(EnergyMeter.share(1, 4)).isEqualTo(0.25);
        assertThat(EnergyMeter.share(5, 4)).isEqualTo(1);
        assertThat(EnergyMeter.share(1, 0)).isZero();
    }

    @Test
    void measure_switchedOff_isNothing() {
        EnergyMeter meter = new EnergyMeter(Map.of(JobVariables.ENERGY, "off"), folder);
        meter.look();
        assertThat(meter.measure(USE)).isNull();
    }

    @Test
    void watts_answerOfTheProgram_isThatOfTheJobsCards() {
        String answer = "0, GPU-aaaa-1, 71.20\n1, GPU-bbbb-2, 30.5\n2, GPU-cccc-3, [N/A]\n";
        assertThat(new GpuPower("0,2").watts(answer)).isEqualTo(71.2);
        assertThat(new GpuPower("GPU-bbbb").watts(answer)).isEqualTo(30.5);
        assertThat(new GpuPower("").watts(answer)).isZero();
        assertThat(new GpuPower(null).watts("")).isZero();
    }

    @Test
    @Timeout(60)
    void look_programThatAnswers_isReadAtTheNextLook_andOneThatHangsOrIsMissingHoldsNothingUp() throws IOException {
        GpuPower power = new GpuPower("1", "sh", "-c", "echo 1, GPU-bbbb-2, 30.5; echo 0, GPU-aaaa-1, 71");
        assertThat(power.look()).isZero();
        while (power.look() == 0) { // a look that comes too early ends the program, and asks again
            Thread.onSpinWait();
            LockSupport.parkNanos(200_000_000);
        }
        assertThat(power.look()).isEqualTo(30.5);

        GpuPower hanging = new GpuPower("0", "sh", "-c", "exec sleep 600");
        assertThat(hanging.look() + hanging.look() + hanging.look()).isZero();
        hanging.end();
        GpuPower missing = new GpuPower("0", folder.resolve("none").toString());
        assertThat(missing.look() + missing.look()).isZero();
    }
}
