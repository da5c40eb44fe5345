package org.experimaestro.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.disturbance.program.TestProgram;

/**
 * An experiment of jobs with tags {@code rate} and {@code seed}, whose workspace is its own. Files tell its jobs to wait,
 * to fail, or what to print.
 *
 * @param folder where all of it is
 * @param program the packed program
 */
record Grid(Path folder, TestProgram program) {
    /** The name of the experiment. */
    static final String NAME = "grid";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Copies the plan into a folder. */
    static Grid in(Path folder) {
        Grid grid = new Grid(folder, TestProgram.in(folder.resolve("program")));
        try {
            Files.createDirectories(grid.control());
            for (String name : List.of("experiment.java", "grid.yaml")) {
                Path file = folder.resolve("plan").resolve(name);
                Files.createDirectories(file.getParent());
                try (InputStream in = Grid.class.getResourceAsStream("/grid/" + name)) {
                    Files.copy(Objects.requireNonNull(in, name), file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not copy the plan to " + folder, failure);
        }
        return grid;
    }

    /** Returns the folder of the workspace. */
    Path workspace() {
        return folder.resolve("workspace");
    }

    private Path control() {
        return folder.resolve("control");
    }

    /** Runs the plan to its end. */
    ProgramOutcome run(String... more) {
        return program.run(command(NAME, more));
    }

    /** Runs the plan, and waits until there is something to look at. */
    Running start(String... more) {
        return startAs(NAME, more);
    }

    private String[] command(String name, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "run-experiment", folder.resolve("plan/" + name + ".yaml").toString(),
                "--workdir", workspace().toString(),
                "-c", "control=" + control()));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /** Names the plan as another experiment, too. */
    void alsoNamed(String name) {
        try {
            Files.copy(folder.resolve("plan/grid.yaml"), folder.resolve("plan/" + name + ".yaml"));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not name the plan " + name, failure);
        }
    }

    /** Runs the plan as another experiment, and waits until there is something to look at. */
    Running startAs(String name, String... more) {
        Running run = program.start(command(name, more));
        Path experiment = workspace().resolve("experiments").resolve(name);
        Await.until("the experiment " + name + " of " + run, PATIENCE, () -> {
            if (!run.process().isAlive()) {
                throw new AssertionError("It has ended before it has begun: " + run);
            }
            return Files.isDirectory(experiment);
        });
        return run;
    }

    /** Lets all jobs wait when they have begun, until {@link #release}. */
    Grid hold() {
        return write("hold", "");
    }

    /** Lets one job wait. */
    Grid hold(int number) {
        return write("hold-" + number, "");
    }

    /** Lets the jobs go on that wait. */
    void release() {
        remove("hold");
    }

    /** Lets one job go on that waits. */
    void release(int number) {
        remove("hold-" + number);
    }

    /** Lets a job fail, until {@link #mend}. */
    Grid fail(int number) {
        return write("fail-" + number, "");
    }

    /** Lets a job succeed that has failed. */
    void mend(int number) {
        remove("fail-" + number);
    }

    /** Tells a job what to print. */
    Grid print(int number, byte[] bytes) {
        try {
            Files.write(control().resolve("print-" + number), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not tell job " + number + " what to print", failure);
        }
        return this;
    }

    private Grid write(String name, String text) {
        try {
            Files.write(control().resolve(name), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not write " + name, failure);
        }
        return this;
    }

    private void remove(String name) {
        try {
            Files.delete(control().resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not remove " + name, failure);
        }
    }
}
