package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHintsTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path folder;

    private static Placement asking(long bytes) {
        return Placement.on(LauncherDefinition.local()).toBuilder()
                .resources(new Resources(Optional.empty(), 1, bytes, new TreeMap<>(), false, new TreeSet<>()))
                .build();
    }

    private static RunAccount.Job job(SampleWorkspace sample, int epochs, long asked, long used, JobCount count)
            throws IOException {
        return job(sample, epochs, asked, used, count, null);
    }

    private static RunAccount.Job job(
            SampleWorkspace sample, int epochs, long asked, long used, JobCount count, @Nullable EnergyUse energy)
            throws IOException {
        SubmittedTask task = sample.submit(epochs, asking(asked));
        ResourceUse use = new ResourceUse(
                OptionalDouble.of(1), OptionalDouble.empty(), OptionalLong.of(used), OptionalLong.empty(), 100, energy);
        SampleWorkspace.begin(task.folder(), ProcessIdentity.current(), Instant.EPOCH)
                .done(0, Map.of(), null, use);
        return new RunAccount.Job(task, count, new JobResult(task.folder().status()), true);
    }

    @Test
    void line_executedJobsThatUsedLittle_areTold() throws IOException {
        SampleWorkspace sample = new SampleWorkspace(folder);
        List<RunAccount.Job> jobs = new ArrayList<>();
        for (int epochs = 1; epochs <= 5; epochs++) {
            assertThat(RunHints.line(new RunAccount(jobs, false))).isEmpty();
            jobs.add(job(sample, epochs, 64 * GIB, epochs * GIB / 2, JobCount.EXECUTED));
        }
        jobs.add(job(sample, 6, 32 * GIB, 32 * GIB, JobCount.EXECUTED));
        jobs.add(job(sample, 7, 64 * GIB, 64 * GIB, JobCount.DONE_BEFORE));

        assertThat(RunHints.line(new RunAccount(jobs, false)))
                .contains("Hint: 5 jobs of " + jobs.getFirst().task().typeId()
                        + " asked for 64.0 GiB of memory and used at most 2.5 GiB (4 %): maybe less is enough");
    }

    @Test
    void energy_executedJobs_isAddedUp_andHasCarbonIfThatOfAllIsKnown() throws IOException {
        SampleWorkspace sample = new SampleWorkspace(folder);
        List<RunAccount.Job> jobs = new ArrayList<>();
        assertThat(RunHints.energy(new RunAccount(jobs, false))).isEmpty();
        jobs.add(job(sample, 1, 0, 1, JobCount.EXECUTED, new EnergyUse(1800, true, OptionalDouble.of(0.5))));
        jobs.add(job(sample, 2, 0, 1, JobCount.EXECUTED, new EnergyUse(5400, false, OptionalDouble.of(1.5))));
        jobs.add(job(sample, 3, 0, 1, JobCount.DONE_BEFORE, new EnergyUse(9e9, false, OptionalDouble.of(9))));
        jobs.add(job(sample, 4, 0, 1, JobCount.EXECUTED, null));

        assertThat(RunHints.energy(new RunAccount(jobs, false)))
                .contains("Used: 2.00 Wh of energy (estimated), 2.00 g of CO₂");
        String list = CommandLineRun.of(
                        "jobs", "list", "--workdir", sample.workspace().root().toString(), "--columns", "energy,carbon")
                .text();
        assertThat(list).contains("ENERGY", "CO2", "1.50 Wh", "1800 J", "1.50 g");
        jobs.add(job(sample, 5, 0, 1, JobCount.EXECUTED, new EnergyUse(1, false, OptionalDouble.empty())));
        assertThat(RunHints.energy(new RunAccount(jobs, false)).orElseThrow()).doesNotContain("CO₂");
    }
}
