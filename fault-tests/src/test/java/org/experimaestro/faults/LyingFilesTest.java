package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
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

/** Four plans on two hosts, whose file system does what a network file system may do. */
@Tag("thorough")
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
class LyingFilesTest {
    private static final int MANY = 1_000;

    @TempDir
    Path folder;

    /** What a healthy mount of NFS does. */
    @Test
    void fourPlansOnTwoHosts_networkFileSystem_eachJobIsDoneOnce() throws Exception {
        race(Lie.LATE_NAMES, Lie.LATE_ATTRIBUTES, Lie.LOST_REPLIES, Lie.WHOLE_SECONDS);
    }

    /** What a mount does whose server is in trouble. */
    @Test
    void fourPlansOnTwoHosts_failingFileSystem_eachJobIsDoneOnce() throws Exception {
        race(Lie.ERRORS, Lie.STALE_HANDLES, Lie.NO_ROOM);
    }

    @Test
    void fourPlansOnTwoHosts_poorFileSystem_eachJobIsDoneOnce() throws Exception {
        race(Lie.NO_LINKS, Lie.FOLDED_CASE, Lie.WHOLE_SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void fourPlansOnTwoHosts_oneLie_eachJobIsDoneOnce(Lie lie) throws Exception {
        Assumptions.assumeTrue(Chance.isLong(), "Only in the long run: -Dfaults=200");
        race(lie);
    }

    private void race(Lie... lies) throws Exception {
        try (Site site = new Site(folder, Chance.isLong() ? 30 : 8)) {
            site.slots(2).ledger().takeMillis(50);
            for (String host : new String[] {"host-a", "host-b", "host-a", "host-b"}) {
                site.host(host);
                site.start(Harm.none().lies(Chance.seed(), lies).host(host));
            }
            site.awaitPlans();
            assertThat(site.claims()).as(site.log()).contains("host-");
            // The last run is on a third host, which believes in a process of another one for the time of a lease.
            Await.until(
                    "all jobs have ended",
                    Duration.ofMinutes(1),
                    () -> site.jobProcesses().isEmpty());
            site.pass(Duration.ofMinutes(4), "");
            assertThat(site.finish()).as(site.log()).isZero();
            // A marker that cannot be written leaves no word, and a draft that cannot be deleted is left.
            boolean fails = !Collections.disjoint(List.of(lies), Set.of(Lie.ERRORS, Lie.STALE_HANDLES, Lie.NO_ROOM));
            int most = fails ? MANY : 0;
            assertThat(new Laws(site).withSilentEnds(most).withDrafts(most).broken())
                    .isEmpty();
        }
    }
}
