package org.experimaestro.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.disturbance.program.TestProgram;

/**
 * A plan of short jobs of type {@value #WORK} and one of type {@value #SUM} that depends on all of them, with its workspace, and
 * the packed program that runs it on a cluster. The short jobs of a run that was started wait for their release.
 *
 * @param folder where all of it is
 * @param cluster the cluster
 * @param program the program, with the user's launcher file
 */
record SlurmPlan(Path folder, TestCluster cluster, TestProgram program) {
    /** The type of the short jobs. */
    static final String WORK = "cluster.work";

    /** The type of the job that depends on them. */
    static final String SUM = "cluster.sum";

    /** How long anything but a run with many jobs may take. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern HANDLE = Pattern.compile("\"handle\": \"([^\"]+)\"");
    private static final Pattern PROCESS = Pattern.compile("\"pid\": (\\d+)");

    /** Copies the plan and its launcher file. */
    static SlurmPlan in(Path folder, TestCluster cluster) {
        TestProgram program = TestProgram.in(folder.resolve("program"))
                .with(cluster.environment())
                .within(Duration.ofMinutes(6));
        for (String name : List.of("experiment.java", "run.yaml", "launchers.yaml")) {
            Path parent = name.equals("launchers.yaml") ? program.settings() : folder.resolve("plan");
            try (InputStream in = SlurmPlan.class.getResourceAsStream("/plan/" + name)) {
                Files.createDirectories(parent);
                Files.copy(Objects.requireNonNull(in, name), parent.resolve(name));
            } catch (IOException failure) {
                throw new UncheckedIOException("Could not copy " + name + " to " + parent, failure);
            }
        }
        return new SlurmPlan(
                folder,
                cluster,
                program.with("EXPERIMAESTRO_CONFIG", program.settings().toString()));
    }

    /** The plan whose program finds Slurm's commands in a folder. */
    SlurmPlan with(CommandFolder commands) {
        return new SlurmPlan(folder, cluster, program.with("PATH", commands.path()));
    }

    // ---- runs ----

    /** Runs the plan to its end; its jobs wait for nothing, unless they are those of an earlier run. */
    ProgramOutcome run(String... more) {
        return program.run(command(more));
    }

    /** Runs the plan; the short jobs wait for their release. */
    Running start(int jobs, String... more) {
        List<String> settings =
                new ArrayList<>(List.of("-c", "until=" + folder.resolve("release"), "-c", "jobs=" + jobs));
        settings.addAll(List.of(more));
        return program.start(command(settings.toArray(String[]::new)));
    }

    private String[] command(String... more) {
        List<String> command = new ArrayList<>();
        command.add("run-experiment");
        command.add(folder.resolve("plan/run.yaml").toString());
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /** Lets the short jobs go on, those of later runs too. */
    void release() {
        try {
            Files.createFile(folder.resolve("release"));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not release the jobs of " + folder, failure);
        }
    }

    /** Calls {@code experimaestro jobs} for the workspace. */
    ProgramOutcome jobs(String command, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("jobs", command, "--workdir", workspace().toString()));
        all.addAll(List.of(arguments));
        return program.run(all.toArray(String[]::new));
    }

    // ---- jobs ----

    private Path workspace() {
        return folder.resolve("plan/workspace");
    }

    /** The folders of the jobs of a type. */
    List<Path> folders(String type) {
        Path jobs = workspace().resolve("jobs").resolve(type);
        try (Stream<Path> all = Files.isDirectory(jobs) ? Files.list(jobs) : Stream.empty()) {
            return all.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not list " + jobs, failure);
        }
    }

    /** The folder of a short job by its number, from 0. */
    Path work(int number) {
        return folders(WORK).stream()
                .filter(job -> text(job.resolve(".experimaestro/params.json"))
                        .matches("(?s).*\"n\"\\s*:\\s*" + number + "\\b.*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no job " + number + " in " + folder));
    }

    /** Whether a job has an internal file. */
    static boolean has(Path job, String file) {
        return Files.exists(job.resolve(".experimaestro").resolve(file));
    }

    /** The texts of one internal file of all jobs of a type that have it. */
    List<String> read(String file, String type) {
        return folders(type).stream()
                .map(job -> job.resolve(".experimaestro").resolve(file))
                .filter(Files::exists)
                .map(SlurmPlan::text)
                .toList();
    }

    /** Waits until so many jobs of a type have an internal file. */
    void await(String file, String type, int count) {
        try {
            Await.until(
                    count + " jobs of type " + type + " with " + file,
                    PATIENCE,
                    () -> read(file, type).size() == count);
        } catch (AssertionError failure) {
            throw new AssertionError(
                    failure.getMessage() + "\n"
                            + cluster.run("squeue", "--states=all", "--format=%i %T %r %S %N %Z")
                            + "\nstandard error of the jobs: " + read("stderr-1.log", type),
                    failure);
        }
    }

    /** Waits until so many short jobs have begun. */
    void awaitBegun(int count) {
        await("process-1.json", WORK, count);
    }

    /** Waits until the only short job has begun, and says how Slurm calls it. */
    String awaitOnly() {
        awaitBegun(1);
        return jobId(folders(WORK).getFirst());
    }

    /** How Slurm calls the first attempt of a job. */
    static String jobId(Path job) {
        return find(HANDLE, job.resolve(".experimaestro/handed-1.json"));
    }

    /** The process of the first attempt of a job. */
    static ProcessHandle process(Path job) {
        String id = find(PROCESS, job.resolve(".experimaestro/process-1.json"));
        return ProcessHandle.of(Long.parseLong(id))
                .orElseThrow(() -> new AssertionError("The process " + id + " of " + job + " is gone"));
    }

    private static String find(Pattern pattern, Path file) {
        Matcher matcher = pattern.matcher(text(file));
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in " + file);
        }
        return matcher.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not read " + file, failure);
        }
    }
}
