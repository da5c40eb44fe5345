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
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.disturbance.program.TestProgram;

/**
 * A plan whose jobs run on the host of {@link TestSshServer}: some write a file each, and one reads them all. Each execution
 * leaves a line in a file, so that a test can tell what has been run how often.
 */
final class RemotePlan {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** One that only works where quotes and locales are right. */
    private static final String FOLDER = "Jürgen's plan";

    private final Path folder;
    private final TestProgram program;
    private final Path witness;
    private final Path release;

    /**
     * Copies the plan.
     *
     * @param folder an empty folder, for the plan, its workspace, and what the program is called with
     */
    RemotePlan(Path folder) throws IOException {
        this.folder = folder;
        TestProgram plain = TestProgram.in(folder.resolve("program"));
        this.program = plain.with("EXPERIMAESTRO_CONFIG", plain.settings().toString());
        this.witness = folder.resolve("executions");
        this.release = folder.resolve("release");
        Path plan = Files.createDirectories(folder.resolve(FOLDER));
        for (String name : List.of("experiment.java", "run.yaml")) {
            try (InputStream in = RemotePlan.class.getResourceAsStream("/remote-plan/" + name)) {
                Files.copy(Objects.requireNonNull(in, name), plan.resolve(name));
            }
        }
    }

    /**
     * Writes the launcher file.
     *
     * @param launcher the keys of the launcher, in one line of YAML
     * @param workspace the keys of the connector that say how the host has the workspace, in one line of YAML
     */
    RemotePlan launcher(String launcher, String workspace) throws IOException {
        Files.writeString(Files.createDirectories(program.settings()).resolve("launchers.yaml"), """
                connectors:
                  gate: {type: ssh, host: test-ssh, config: '%s', %s}
                launchers:
                  remote: {connector: gate, labels: [remote], %s}
                """.formatted(
                        TestSshServer.ssh().configuration(), workspace, launcher));
        return this;
    }

    /** Jobs are plain processes of the host. */
    RemotePlan direct(String workspace) throws IOException {
        return launcher("type: direct", workspace);
    }

    /** Jobs are given to the Slurm whose commands the host has. */
    RemotePlan slurm(String workspace) throws IOException {
        return launcher(
                "type: slurm, hosts: {any: {cores: 4, memory: 4000MiB}}, partitions: {short: {max_duration: 2 min}}",
                workspace);
    }

    /** A workspace that is copied to a folder, which is made. */
    static String copiedTo(Path folder) throws IOException {
        return "workspace: copy, folder: '" + Files.createDirectories(folder) + "'";
    }

    /** Runs the plan to its end. */
    ProgramOutcome run(String... settings) {
        return program.run(command(settings));
    }

    /** Leaves all jobs to Slurm. */
    ProgramOutcome runDetached() {
        List<String> command = new ArrayList<>(List.of(command()));
        command.add("--detach");
        return program.run(command.toArray(String[]::new));
    }

    /** Starts the plan, with jobs that do not end before they are {@linkplain #release released}. */
    Running start(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addFirst("until=" + release);
        return program.start(command(all.toArray(String[]::new)));
    }

    /** Starts the plan, with jobs that wait for nothing. */
    Running startFree() {
        return program.start(command());
    }

    private String[] command(String... settings) {
        List<String> command = new ArrayList<>(List.of(
                "run-experiment", folder.resolve(FOLDER).resolve("run.yaml").toString(), "-c", "witness=" + witness));
        for (String setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        return command.toArray(String[]::new);
    }

    /** Calls another command for its workspace. */
    ProgramOutcome call(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("--workdir");
        all.add(workspace().toString());
        return program.run(all.toArray(String[]::new));
    }

    /** Lets the jobs end. */
    void release() throws IOException {
        Files.createFile(release);
    }

    Path workspace() {
        return folder.resolve(FOLDER).resolve("workspace");
    }

    /** What has been executed, in order: a line for each time. */
    List<String> executions() {
        try {
            return Files.exists(witness)
                    ? Files.readAllLines(witness).stream().sorted().toList()
                    : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until so many jobs have begun, wherever they are. */
    void awaitExecutions(int count) {
        Await.until(count + " jobs to begin", PATIENCE, () -> executions().size() >= count);
    }

    /** Deletes one of our own files of all jobs of a type. */
    void delete(String type, String file) throws IOException {
        try (Stream<Path> all = Files.list(workspace().resolve("jobs").resolve(type))) {
            for (Path job : all.toList()) {
                Files.deleteIfExists(job.resolve(".experimaestro").resolve(file));
            }
        }
    }

    /** The texts of one file of all jobs of a type that have it, as they are here. */
    List<String> read(String type, String file) {
        Path jobs = workspace().resolve("jobs").resolve(type);
        try (Stream<Path> all = Files.isDirectory(jobs) ? Files.list(jobs) : Stream.empty()) {
            List<String> texts = new ArrayList<>();
            for (Path job : all.sorted().toList()) {
                if (Files.exists(job.resolve(file))) {
                    texts.add(Files.readString(job.resolve(file)));
                }
            }
            return texts;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
