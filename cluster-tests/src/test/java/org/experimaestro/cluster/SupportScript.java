package org.experimaestro.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;

/** A script of test-support/cluster, with its settings. */
record SupportScript(String name, Map<String, String> settings) {
    /** Installing packages may take long; a start never does. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Path FOLDER =
            Path.of("..", "test-support", "cluster").toAbsolutePath().normalize();

    /** The exit code that says that this machine lacks what the script cannot provide. */
    private static final int UNAVAILABLE = 3;

    /**
     * Runs the script.
     *
     * @throws UnavailableException when this machine lacks something
     * @throws IllegalStateException when the script failed otherwise; the message has what it wrote
     */
    void run(String... arguments) {
        // In a session of its own, the script goes on when Ctrl-C ends the build, and so leaves nothing half done.
        List<String> command = Stream.concat(
                        Stream.of("setsid", "--wait", FOLDER.resolve(name).toString()), Stream.of(arguments))
                .toList();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(settings);
        try (Running running = Running.start(FOLDER, environment, command)) {
            ProgramOutcome outcome = running.finish(PATIENCE);
            if (outcome.exitCode() == UNAVAILABLE) {
                throw new UnavailableException(outcome.err().strip());
            }
            if (outcome.exitCode() != 0) {
                throw new IllegalStateException(
                        "test-support/cluster/%s failed (exit code %d), with %s. It wrote:%n%s%s"
                                .formatted(name, outcome.exitCode(), settings, outcome.err(), outcome.out()));
            }
        }
    }
}
