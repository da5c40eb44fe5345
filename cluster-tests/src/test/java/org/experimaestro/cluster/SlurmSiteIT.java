package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a plan at a site that hides partitions, or has commands of its own in front of Slurm's. */
@NeedsSlurm
class SlurmSiteIT {
    @TempDir
    private Path folder;

    private final TestCluster cluster = TestCluster.slurm();
    private SlurmPlan plan;
    private CommandFolder commands;

    @BeforeEach
    void copyPlan() {
        plan = SlurmPlan.in(folder, cluster);
        commands = CommandFolder.ofSlurm(folder.resolve("commands"));
    }

    @AfterEach
    void showPartition() {
        cluster.output("scontrol", "update", "PartitionName=short", "Hidden=NO");
    }

    private void hide() {
        cluster.output("scontrol", "update", "PartitionName=short", "Hidden=YES");
    }

    private void releaseHeld() {
        cluster.output("squeue", "-a", "-h", "-r", "--states=PENDING", "--format=%i")
                .lines()
                .toList()
                .forEach(job -> cluster.output("scontrol", "release", job));
    }

    @Test
    void hiddenPartition_generatedFile_hasIt() throws IOException {
        hide();
        Path file = folder.resolve("generated.yaml");

        ProgramOutcome outcome = plan.program().run("launchers", "generate", "--type", "slurm", "-o", file.toString());

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(Files.readString(file)).contains("      short:   # the default\n", "name: large", "name: small");
    }

    @Test
    void wrapperThatAnswersInTheOtherForm_isUnderstood() {
        commands.replace("sbatch", "echo 'Welcome, 2026 is a good year'; shift; exec /usr/bin/sbatch \"$@\"");
        plan.release();

        ProgramOutcome outcome = plan.with(commands).run("-c", "jobs=2");

        assertThat(outcome.out()).as(outcome.toString()).contains("3 jobs: 3 executed, 0 done before.");
        assertThat(commands.calls("sbatch")).hasSize(2);
    }

    /** Slurm has the jobs all the same: they end at once, and the next run has them run. */
    @Test
    void wrapperThatIsNotUnderstood_jobsAreRefusedOnce() {
        commands.replace("sbatch", "/usr/bin/sbatch --hold \"$@\" >&2; echo 'Good morning'");

        ProgramOutcome outcome = plan.with(commands).run("-c", "jobs=2");

        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.out())
                .contains(
                        "was refused by its launcher: Cannot read the answer of sbatch", "Good morning", "squeue --me");
        assertThat(commands.calls("sbatch")).hasSize(1);
        releaseHeld();
        assertThat(plan.run("-c", "jobs=2").out()).contains("3 jobs: 3 executed, 0 done before.");
        assertThat(plan.read("process-1.json", SlurmPlan.WORK)).allMatch(text -> text.contains("\"void\""));
    }
}
