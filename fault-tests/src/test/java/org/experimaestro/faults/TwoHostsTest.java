package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.disturbance.program.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hosts that share a workspace: each has a network, a name and a boot of its own (namespaces(7)). A host that is cut off is
 * stopped, and silent for longer than a lease; then it comes back.
 */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
class TwoHostsTest {
    /** Enters the namespaces of a host: its name, its files of the boot and the machine, and then a command. */
    private static final String ENTER = """
            hostname "$1" && mount --bind "$2/boot_id" /proc/sys/kernel/random/boot_id || exit 9
            [ ! -e /etc/machine-id ] || mount --bind "$2/machine-id" /etc/machine-id || exit 9
            shift 2
            exec "$@"
            """;

    @TempDir
    Path folder;

    @Test
    void hosts_cutOffAndHealed_eachJobIsDoneOnce() throws Exception {
        Chance chance = new Chance(Chance.seed());
        try (Site site = new Site(folder, Chance.isLong() ? 60 : 8)) {
            site.slots(2).ledger().takeMillis(100);
            Harm a = host(site, "host-a");
            Harm b = host(site, "host-b");
            Shell.assume("namespaces of a host cannot be made", words(a, "true"));
            for (int cut = 0; cut < Math.max(2, Chance.faults() / 20); cut++) {
                Process onA = site.start(a);
                Process onB = site.start(b);
                chance.wait(3_000);
                Process away = cut % 2 == 0 ? onA : onB;
                List<ProcessHandle> cutOff = processes(site, away);
                for (ProcessHandle process : cutOff) {
                    site.silence(process);
                }
                site.pass(Duration.ofMinutes(4), away == onA ? "host-a" : "host-b");
                chance.wait(3_000);
                for (ProcessHandle process : cutOff) {
                    site.signal("CONT", process);
                }
                site.awaitPlans();
                Await.until(
                        "all jobs have ended",
                        Duration.ofMinutes(2),
                        () -> site.jobProcesses().isEmpty());
                // What is left of each host counts as gone for the other one.
                site.pass(Duration.ofMinutes(4), "");
            }
            assertThat(site.finish()).as(site.log()).isZero();
            assertThat(new Laws(site).broken()).isEmpty();
            assertThat(site.claims()).contains("host-");
        }
    }

    private static Harm host(Site site, String name) throws IOException {
        return Harm.none().wrapper(enter(name, site.host(name)));
    }

    private static String[] enter(String name, Path files) {
        List<String> words = new ArrayList<>(List.of("unshare", "--net", "--uts", "--mount"));
        words.addAll(settled(name, files));
        return words.toArray(String[]::new);
    }

    /** The words before a command that give new namespaces the name and the files of a host. */
    static List<String> settled(String name, Path files) {
        return List.of("sh", "-c", ENTER, "sh", name, files.toString());
    }

    private static String[] words(Harm host, String command) {
        List<String> words = new ArrayList<>(host.wrapper());
        words.add(command);
        return words.toArray(String[]::new);
    }

    /** The processes of a plan's host: those of its jobs have the same name of the host. */
    private static List<ProcessHandle> processes(Site site, Process plan) {
        String host = nameSpace(plan.pid());
        List<ProcessHandle> processes = new ArrayList<>();
        if (plan.isAlive()) {
            processes.add(plan.toHandle());
        }
        for (ProcessHandle job : site.jobProcesses()) {
            if (!host.isEmpty() && nameSpace(job.pid()).equals(host)) {
                processes.add(job);
            }
        }
        return processes;
    }

    private static String nameSpace(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/uts")).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
