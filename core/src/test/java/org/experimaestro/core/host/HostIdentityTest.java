package org.experimaestro.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIdentityTest {
    private static final HostIdentity.Query NO_COMMANDS = command -> "";
    private static final HostIdentity.Query MAC = command -> Map.of(
                    "uname -n", "mac-of-ann.local",
                    "sysctl -n kern.bootsessionuuid", "9A2B3C4D-0000-4000-8000-0123456789AB")
            .getOrDefault(String.join(" ", command), "");

    @TempDir
    Path root;

    @Test
    void read_linux_asksNoCommand() throws IOException {
        file("proc/sys/kernel/hostname", "box\n");
        file("proc/sys/kernel/random/boot_id", "c05b42a1-e2ad-4d6b-8a19-b7de5fd2abdb\n");
        file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/pid"), Path.of("pid:[4026531836]"));

        HostIdentity host = HostIdentity.read(root, command -> {
            throw new AssertionError(String.join(" ", command));
        });

        assertThat(host.name()).isEqualTo("box");
        assertThat(host.boot()).isEqualTo("c05b42a1-e2ad-4d6b-8a19-b7de5fd2abdb");
        assertThat(host.processes()).isEqualTo("pid:[4026531836]");
        // Its number is a secret of the machine.
        assertThat(host.machine()).hasSize(16).isNotEqualTo("0123456789abcdef");
    }

    @Test
    void read_mac_hasItsOwnNameAndBoot() {
        HostIdentity host = HostIdentity.read(root, MAC);

        assertThat(host)
                .isEqualTo(new HostIdentity("mac-of-ann.local", "9A2B3C4D-0000-4000-8000-0123456789AB", "", ""));
    }

    @Test
    void read_systemThatTellsNothing_isNameless() {
        assertThat(HostIdentity.read(root, NO_COMMANDS)).isEqualTo(new HostIdentity(HostIdentity.NAMELESS, "", "", ""));
    }

    @Test
    void read_machineThatIsNotSetUpYet_hasNoNumber() throws IOException {
        for (String text : new String[] {"", "uninitialized\n"}) {
            file("etc/machine-id", text);
            assertThat(HostIdentity.read(root, MAC).machine()).isEmpty();
        }
    }

    @Test
    void read_twoMachines_differ() throws IOException {
        file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        String one = HostIdentity.read(root, MAC).machine();
        file("etc/machine-id", "1123456789abcdef0123456789abcdef\n");
        assertThat(HostIdentity.read(root, MAC).machine()).isNotEqualTo(one);
    }

    @Test
    void line_ofACommandThatIsThereOrNot_isItsFirstLine() {
        SystemQuery query = new SystemQuery();
        assertThat(query.line("printf", "one\\ntwo\\n")).isEqualTo("one");
        assertThat(query.line("no-such-command-anywhere")).isEmpty();
        assertThat(query.line("false")).isEmpty();
    }

    @Test
    void current_onThisMachine_isWhatItsCommandsSay() {
        assertThat(HostIdentity.current().name()).isEqualTo(new SystemQuery().line("uname", "-n"));
        assertThat(HostIdentity.current().boot()).isNotEmpty();
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
