package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that are gone exactly before or after one of their operations on files of the workspace. */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
class CrashTest {
    /** About as many as a plan and a job of one task have. */
    private static final int OPERATIONS = 60;

    @TempDir
    Path folder;

    static IntStream operations() {
        Chance chance = new Chance(Chance.seed());
        return Chance.isLong()
                ? IntStream.rangeClosed(1, OPERATIONS)
                : IntStream.generate(() -> 1 + chance.below(OPERATIONS)).limit(3);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void plan_goneAtAnOperation_nextRunIsDone(int operation) throws Exception {
        goneAt(true, operation);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void job_goneAtAnOperation_nextRunIsDone(int operation) throws Exception {
        goneAt(false, operation);
    }

    private void goneAt(boolean plan, int operation) throws Exception {
        try (Site site = new Site(folder, 1)) {
            site.await(site.start(Harm.none().crash(plan, operation)));
            assertThat(site.finish()).as(site.log()).isZero();
            assertThat(new Laws(site).withSilentEnds(1).withDrafts(2).broken()).isEmpty();
        }
    }
}
