package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.Isolation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Plans and jobs that are killed and stopped at any moment, while one to four plans race on one workspace. */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
class KillTest {
    private static final int MOST_PLANS = 4;

    @TempDir
    Path folder;

    @Test
    void plansAndJobs_killedAtRandom_eachJobIsDoneOnce() throws Exception {
        strike(Isolation.PROCESS);
    }

    @Test
    @Tag("thorough")
    void plansAndWorkers_killedAtRandom_eachJobIsDoneOnce() throws Exception {
        strike(Isolation.WORKER);
    }

    private void strike(Isolation isolation) throws Exception {
        Chance chance = new Chance(Chance.seed());
        Map<String, Integer> struck = new TreeMap<>();
        int faults = 0;
        int rounds = 0;
        long executions = 0;
        while (faults < Chance.faults()) {
            Path round = Files.createDirectory(folder.resolve("round-" + rounds++));
            try (Site site = new Site(round, Chance.isLong() ? 60 : 12)) {
                site.isolation(isolation)
                        .slots(Chance.isLong() ? 4 : 2)
                        .ledger()
                        .takeMillis(100);
                while (faults < Chance.faults() && !site.isDone()) {
                    int plans = 1 + chance.below(MOST_PLANS);
                    while (site.plans().size() < plans) {
                        site.start();
                    }
                    chance.wait(1_200);
                    String what = chance.strike(site);
                    if (!what.isEmpty()) {
                        struck.merge(what, 1, Integer::sum);
                        faults++;
                    }
                }
                site.awaitPlans();
                assertThat(site.finish())
                        .as("seed %s: %s", Chance.seed(), site.log())
                        .isZero();
                Laws laws = new Laws(site);
                assertThat(laws.broken()).as("seed %s", Chance.seed()).isEmpty();
                assertThat(laws.removed()).as("jobs whose outputs were removed").isPositive();
                executions += site.ledger().begins();
            }
        }
        System.out.println("Faults (" + isolation + "): " + faults + " " + struck + " in " + rounds + " workspaces, "
                + executions + " executions; jobs run twice 0, lost 0, runs blocked 0, unlocking steps 0");
    }
}
