package org.experimaestro.launcher.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.RefusedException;
import org.junit.jupiter.api.Test;

class MachineDescriptionTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void describe_thisMachine_hasItsCores() throws Exception {
        LauncherType type = ServiceLoader.load(LauncherType.class).findFirst().orElseThrow();
        assertThat(type.name()).isEqualTo(LauncherDefinition.DIRECT);
        HostDescription host = type.describe(new LocalShell()).hosts().getFirst();
        assertThat(host.cores()).isBetween(Runtime.getRuntime().availableProcessors(), 4096);
        assertThat(host.memory()).isGreaterThan(GIBIBYTE / 4);
    }

    @Test
    void parse_twoKindsOfCards_countsEach() throws Exception {
        HostDescription host = MachineDescription.parse("""
                name=node1
                system=Linux x86_64
                cores=64
                kibibytes=263856960
                cuda=NVIDIA A100-SXM4-40GB, 40960
                cuda=NVIDIA A100-SXM4-40GB, 40960
                cuda=Tesla T4, 15360
                """).hosts().getFirst();
        assertThat(host.accelerators())
                .containsExactly(
                        new Accelerators(AcceleratorKind.CUDA, "NVIDIA A100-SXM4-40GB", 40 * GIBIBYTE, 2),
                        new Accelerators(AcceleratorKind.CUDA, "Tesla T4", 15 * GIBIBYTE, 1));
        assertThat(host.memory()).isEqualTo(263856960L * 1024);
    }

    @Test
    void parse_apple_hasMetal() throws Exception {
        HostDescription host = MachineDescription.parse("name=mac\nsystem=Darwin arm64\ncores=10\nbytes=34359738368\n")
                .hosts()
                .getFirst();
        assertThat(host.accelerators()).containsExactly(new Accelerators(AcceleratorKind.MPS, "", 32 * GIBIBYTE, 1));
    }

    @Test
    void parse_cardsThatSayNothing_haveNoMemory() throws Exception {
        HostDescription host = MachineDescription.parse(
                        "name=n\ncores=4\nkibibytes=4\ncuda=NVIDIA Thor, [N/A]\ncuda=No devices were found\n")
                .hosts()
                .getFirst();
        assertThat(host.accelerators()).containsExactly(new Accelerators(AcceleratorKind.CUDA, "NVIDIA Thor", 0, 1));
    }

    @Test
    void parse_numberThatIsTooLarge_isRefused() throws Exception {
        String digits = "9".repeat(30);
        for (String text : new String[] {
            "cores=4294967297\nkibibytes=4\n",
            "cores=-1\nkibibytes=4\n",
            "cores=0\nkibibytes=4\n",
            "cores=4\nkibibytes=999999999999999999\n",
            "cores=4\nbytes=" + digits + "\n"
        }) {
            assertThatThrownBy(() -> MachineDescription.parse(text))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("The host does not say its ");
        }
        assertThat(MachineDescription.parse("cores=4\nkibibytes=4\ncuda=A, " + digits + "\n")
                        .hosts()
                        .getFirst()
                        .accelerators())
                .containsExactly(new Accelerators(AcceleratorKind.CUDA, "A", 0, 1));
    }

    @Test
    void parse_noCores_isRefused() {
        assertThatThrownBy(() -> MachineDescription.parse("name=n\ncores=\nkibibytes=4\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The host does not say its cores, but \"\"");
    }
}
