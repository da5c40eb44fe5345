package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems that refuse file descriptors, threads, or a folder. */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
class ScarceTest {
    private static final int MANY = 1_000;
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {12, 24, 40})
    void fileDescriptors_exhausted_nextRunIsDone(int most) throws Exception {
        Shell.assume("there is no prlimit", "prlimit", "--version");
        try (Site site = new Site(folder, 6)) {
            site.awaitOrKill(site.start(Harm.none().wrapper("prlimit", "--nofile=" + most)));
            finish(site);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 30, 50})
    void threads_refused_nextRunIsDone(int most) throws Exception {
        // One tree for all controllers, or one for each: cgroups(7).
        Path parent = Files.exists(GROUPS.resolve("cgroup.controllers")) ? GROUPS : GROUPS.resolve("pids");
        Path group = parent.resolve("experimaestro-" + ProcessHandle.current().pid());
        Shell.assume("no group of processes can be made in " + parent, "mkdir", group.toString());
        try (Site site = new Site(folder, 6)) {
            Assumptions.assumeTrue(
                    Files.exists(group.resolve("pids.max")), "Skipped: " + parent + " does not limit processes");
            Files.writeString(group.resolve("pids.max"), Integer.toString(most));
            site.awaitOrKill(site.start(Harm.none()
                    .wrapper("sh", "-c", "echo $$ >" + group.resolve("cgroup.procs") + "; exec \"$@\"", "sh")));
            finish(site);
        } finally {
            Shell.runAtLast("rmdir", group.toString());
        }
    }

    @Test
    void folderOfAJob_closed_thatJobIsNamed_andNextRunIsDone() throws Exception {
        List<String> keptOut = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
        Shell.assume("setpriv cannot be used here", "setpriv", keptOut.getLast(), "true");
        try (Site site = new Site(folder, 2)) {
            assertThat(site.finish()).as(site.log()).isZero();
            WorkPlan.Job job = PlanMain.jobs(folder, 2).iterator().next();
            JobFolder closed = Workspace.view(site.workspace()).job(job.type(), job.id());
            Files.setPosixFilePermissions(closed.path(), PosixFilePermissions.fromString("---------"));
            Process plan = site.start(Harm.none().wrapper(keptOut.toArray(String[]::new)));
            int code = site.await(plan);
            Files.setPosixFilePermissions(closed.path(), PosixFilePermissions.fromString("rwxr-xr-x"));

            assertThat(code).isOne();
            assertThat(site.log()).contains("no permission for " + closed.path());
            finish(site);
        }
    }

    private static void finish(Site site) throws Exception {
        assertThat(site.finish()).as(site.log()).isZero();
        // A process that gets no thread or file may be unable to tell its end, or to delete its drafts.
        assertThat(new Laws(site).withSilentEnds(MANY).withDrafts(MANY).broken())
                .isEmpty();
    }
}
