package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a plan on a real Slurm, with what can go wrong there. No job is run twice. */
@NeedsSlurm
class SlurmRunIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final TestCluster cluster = TestCluster.slurm();
    private TestProgram program;
    private Path release;

    @BeforeEach
    void copyPlan() throws IOException {
        Path plan = Files.createDirectories(folder.resolve("plan"));
        program = TestProgram.in(folder.resolve("program"))
                .with(cluster.environment())
                .within(Duration.ofMinutes(6));
        for (String name : List.of("experiment.java", "run.yaml", "launchers.yaml")) {
            Path target = name.equals("launchers.yaml") ? program.settings().resolve(name) : plan.resolve(name);
            try (InputStream in = SlurmRunIT.class.getResourceAsStream("/plan/" + name)) {
                Files.createDirectories(target.getParent());
                Files.copy(Objects.requireNonNull(in, name), target);
            }
        }
        program = program.with("EXPERIMAESTRO_CONFIG", program.settings().toString());
        release = folder.resolve("release");
    }

    @Test
    void run_twoPartitions_jobsAreRunOnceWithTheirShare() {
        Outcome first = run();
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out()).contains("4 jobs: 4 executed, 0 done before.");
        assertThat(cluster.output("squeue", "-h", "-t", "all", "-o", "%P")).contains("short", "long");
        assertThat(read(".experimaestro/done.json", "cluster.work"))
                .hasSize(3)
                .allSatisfy(done -> assertThat(done).contains("\"processors\": 1.0", "\"left\": "));

        Outcome second = run();
        assertThat(second.out()).contains("4 jobs: 0 executed, 4 done before.");
    }

    @Test
    void run_fiveHundredJobs_takesFewCallsOfTheController() throws IOException {
        CommandFolder commands = CommandFolder.ofSlurm(folder.resolve("commands"));
        program = program.with("PATH", commands.path());
        Outcome outcome = run("-c", "jobs=500");
        assertThat(outcome.out()).as(outcome.toString()).contains("501 jobs: 501 executed, 0 done before.");
        System.out.println("500 jobs on Slurm: " + commands.calls("sbatch").size() + " calls of sbatch, "
                + commands.calls("squeue").size() + " of squeue, "
                + commands.calls("sacct").size() + " of sacct, "
                + commands.calls("scontrol").size() + " of scontrol");
        assertThat(commands.calls("sbatch")).hasSizeLessThanOrEqualTo(8);
        assertThat(commands.calls().size()).isLessThan(150);
    }

    @Test
    void kill9_ofThePlan_nextRunWaitsForTheSameJobs() throws IOException {
        try (Running driver = start(3)) {
            Await.until(
                    "the jobs begin",
                    PATIENCE,
                    () -> read(".experimaestro/process-1.json", "cluster.work").size() == 3);
            driver.kill();
        }
        Files.createFile(release);
        Outcome next = run("-c", "until=" + release);
        assertThat(next.out()).as(next.toString()).contains("4 jobs: 1 executed, 3 done before.");
        assertThat(read(".experimaestro/attempt-2.json", "cluster.work")).isEmpty();
    }

    @Test
    void scancel_behindOurBack_isACancelledJob() {
        try (Running driver = start(1)) {
            String job = awaitRunning();
            cluster.run("scancel", job);
            Outcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).contains("was cancelled", "1 skipped because of that");
        }
    }

    @Test
    void timeLimit_reached_isTheCause() {
        try (Running driver = start(1)) {
            String job = awaitRunning();
            cluster.endNow(job);
            Outcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.out()).contains("took longer than its time limit");
        }
    }

    @Test
    void requeue_byAnAdministrator_isAnotherAttemptOfTheSameRun() throws IOException {
        try (Running driver = start(1)) {
            String job = awaitRunning();
            assertThat(cluster.run("scontrol", "requeue", job).exitCode()).isZero();
            Await.until(
                    "it begins again",
                    PATIENCE,
                    () -> read(".experimaestro/process-2.json", "cluster.work").size() == 1);
            Files.createFile(release);
            Outcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
    }

    @Test
    void controllerDown_jobsGoOnAndThePlanSaysSo() throws IOException {
        try (Running driver = start(1)) {
            awaitRunning();
            cluster.stopController();
            driver.awaitText("jobs go on, and are asked for again until it answers", PATIENCE);
            cluster.startController();
            driver.awaitText("answers again", PATIENCE);
            Files.createFile(release);
            Outcome outcome = driver.finish(PATIENCE);
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
    }

    @Test
    void submission_refused_isTheJobsFailureWithSlurmsWords() {
        Outcome outcome = run("-c", "tag=wrong");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("was refused by its launcher", "nvalid partition", "3 FAILED, 1 skipped");
    }

    @Test
    void detach_chainIsLeftToSlurm_andFoundDoneLater() {
        Outcome left = run("--detach");
        assertThat(left.exitCode()).as(left.toString()).isZero();
        assertThat(left.out()).contains("4 jobs: 4 left to their launchers");
        Await.until(
                "the last job is done",
                PATIENCE,
                () -> !read(".experimaestro/done.json", "cluster.sum").isEmpty());
        assertThat(run().out()).contains("4 jobs: 0 executed, 4 done before.");
    }

    private Outcome run(String... more) {
        return program.run(command(more));
    }

    /** So many jobs that wait for their release, and one that depends on them. */
    private Running start(int jobs) {
        return program.start(command("-c", "until=" + release, "-c", "jobs=" + jobs));
    }

    private String[] command(String... more) {
        List<String> command = new ArrayList<>();
        command.add("run-experiment");
        command.add(folder.resolve("plan/run.yaml").toString());
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    private String awaitRunning() {
        Await.until(
                "a job begins",
                PATIENCE,
                () -> !read(".experimaestro/process-1.json", "cluster.work").isEmpty());
        return cluster.output("squeue", "-h", "-t", "running", "-o", "%i").strip();
    }

    /** The texts of one file of all jobs of a type that have it. */
    private List<String> read(String file, String type) {
        Path jobs = folder.resolve("plan/workspace/jobs").resolve(type);
        try (Stream<Path> all = Files.isDirectory(jobs) ? Files.list(jobs) : Stream.empty()) {
            List<String> texts = new ArrayList<>();
            for (Path job : all.toList()) {
                if (Files.exists(job.resolve(file))) {
                    texts.add(Files.readString(job.resolve(file)));
                }
            }
            return texts;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
