package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.experimaestro.disturbance.program.Await;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four plans on two hosts, whose jobs are started, looked at and ended by shell scripts on a file system that lies to every
 * program. {@link LyingFilesTest} does the same inside of the processes of plans and jobs.
 */
@Tag("thorough")
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
class LyingShellTest {
    private static final int MANY = 1_000;
    private static final int FEW_JOBS = 6;
    private static final Set<Lie> FAILING = EnumSet.of(Lie.ERRORS, Lie.STALE_HANDLES, Lie.NO_ROOM);

    @TempDir
    Path folder;

    /** What a healthy mount of NFS does. */
    @Test
    void fourPlansOnTwoHosts_networkFileSystem_eachJobIsDoneOnce() throws Exception {
        race(Lie.LATE_NAMES, Lie.LATE_ATTRIBUTES, Lie.LOST_REPLIES, Lie.WHOLE_SECONDS);
    }

    /** What a mount does whose server is in trouble, and has no links. */
    @Test
    void fourPlansOnTwoHosts_failingFileSystem_eachJobIsDoneOnce() throws Exception {
        race(Lie.ERRORS, Lie.STALE_HANDLES, Lie.NO_ROOM, Lie.NO_LINKS, Lie.FOLDED_CASE);
    }

    @ParameterizedTest
    @EnumSource
    void fourPlansOnTwoHosts_oneLie_eachJobIsDoneOnce(Lie lie) throws Exception {
        Assumptions.assumeTrue(Chance.isLong(), "Only in the long run: -Dfaults=200");
        race(lie);
    }

    private void race(Lie... lies) throws Exception {
        Path program = LyingProgram.make(folder);
        for (int round = 0; round < rounds(lies); round++) {
            race(program, Files.createDirectory(folder.resolve("round-" + round)), Chance.seed() + round, lies);
        }
    }

    /** Each round is a workspace of its own: as many as there are hundreds of faults, and one for each lie by itself. */
    private static int rounds(Lie... lies) {
        return Chance.isLong() && lies.length > 1 ? Math.max(1, Chance.faults() / 100) : 1;
    }

    private static int jobs(Lie... lies) {
        return !Chance.isLong() ? FEW_JOBS : lies.length > 1 ? 5 * FEW_JOBS : 2 * FEW_JOBS;
    }

    private static void race(Path program, Path place, long seed, Lie... lies) throws Exception {
        Files.createDirectories(Site.workspace(place));
        List<ShellHost> hosts = new ArrayList<>();
        try (Site site = new Site(place, jobs(lies))) {
            site.slots(2).ledger().takeMillis(50);
            site.ledger().elsewhere();
            try {
                hosts.add(ShellHost.start(program, site, "host-a", seed, lies));
                hosts.add(ShellHost.start(program, site, "host-b", -seed, lies));
                for (ShellHost plans : List.of(hosts.get(0), hosts.get(1), hosts.get(0), hosts.get(1))) {
                    // Each second plan has its jobs on the other host.
                    site.start(plans.plans(), hosts.get(site.plans().size() < 2 ? 0 : 1));
                }
                site.awaitPlans();
                assertThat(site.claims()).as(site.log()).contains("host-");
                for (ShellHost host : hosts) {
                    host.tellTheTruth();
                }
                Await.until(
                        "all jobs have ended",
                        Duration.ofMinutes(1),
                        () -> site.jobProcesses().isEmpty());
                // The last run is on a third host, which believes in a process of another one for the time of a lease.
                site.pass(Duration.ofMinutes(4), "");
                assertThat(site.await(site.start(Harm.none(), hosts.get(0))))
                        .as(site.log())
                        .isZero();
                // A marker that cannot be written leaves no word, and a draft that cannot be deleted is left.
                int most = Collections.disjoint(List.of(lies), FAILING) ? 0 : MANY;
                assertThat(new Laws(site).withSilentEnds(most).withDrafts(most).broken())
                        .as("seed %s: %s", seed, site.log())
                        .isEmpty();
            } finally {
                site.close();
                for (ShellHost host : hosts) {
                    host.close();
                }
            }
            int told = 0;
            for (Lie lie : lies) {
                told += hosts.get(0).told(lie) + hosts.get(1).told(lie);
            }
            assertThat(told).as("how often the file systems have lied").isPositive();
        }
    }
}
