package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that are gone exactly before or after one of their operations on files of the workspace. */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
class CrashTest {
    /** So many operations have a plan of one task, and the attempt that does it, at least. */
    private static final int OF_A_PLAN = 46;

    private static final int OF_A_JOB = 16;

    @TempDir
    Path folder;

    static IntStream ofAPlan() {
        return some(OF_A_PLAN);
    }

    static IntStream ofAJob() {
        return some(OF_A_JOB);
    }

    private static IntStream some(int most) {
        Chance chance = new Chance(Chance.seed());
        return Chance.isLong()
                ? IntStream.rangeClosed(1, most)
                : IntStream.generate(() -> 1 + chance.below(most)).limit(3);
    }

    @ParameterizedTest
    @MethodSource("ofAPlan")
    void plan_goneAtAnOperation_nextRunIsDone(int operation) throws Exception {
        try (Site site = new Site(folder, 1)) {
            assertThat(site.await(site.start(Harm.none().crash(true, operation))))
                    .as(site.log())
                    .isEqualTo(LyingFiles.KILLED);
            finish(site);
        }
    }

    @ParameterizedTest
    @MethodSource("ofAJob")
    void job_goneAtAnOperation_nextRunIsDone(int operation) throws Exception {
        try (Site site = new Site(folder, 1)) {
            site.await(site.start(Harm.none().crash(false, operation)));
            WorkPlan.Job job = PlanMain.jobs(folder, 1).iterator().next();
            JobFolder harmed = Workspace.view(site.workspace()).job(job.type(), job.id());
            assertThat(harmed.standardError(LyingFiles.CRASHING_ATTEMPT))
                    .content()
                    .contains(LyingFiles.GONE);
            finish(site);
        }
    }

    private static void finish(Site site) throws Exception {
        assertThat(site.finish()).as(site.log()).isZero();
        assertThat(new Laws(site).withSilentEnds(1).withDrafts(2).broken()).isEmpty();
    }
}
