package org.experimaestro.disturbance.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packed {@code experimaestro} script, and what a user has set when calling it. Its environment is its own: nothing of this
 * user's settings or caches gets in or out.
 *
 * @param folder the folder that it is called in
 * @param environment all its variables
 * @param patience how long a call may take
 */
public record TestProgram(Path folder, Map<String, String> environment, Duration patience) {
    private static final Path SCRIPT = Path.of(
                    System.getProperty("distribution.folder", "../distribution/target/experimaestro"))
            .resolve("bin/experimaestro")
            .toAbsolutePath()
            .normalize();

    /** Compiled plans, shared by the tests. */
    private static final Path CACHE = Path.of("target", "cache").toAbsolutePath();

    /**
     * Copies the environment.
     *
     * @param folder the folder that it is called in
     * @param environment all its variables
     * @param patience how long a call may take
     */
    public TestProgram {
        environment = Map.copyOf(environment);
    }

    /**
     * The program of a user who has nothing set, and whose home is the folder {@code home} in the folder of the call, with the
     * settings in {@code home/.config}. A call may take two minutes.
     *
     * @param folder the folder that it is called in
     * @return the program
     * @throws IllegalStateException when it has not been packed
     */
    public static TestProgram in(Path folder) {
        if (!Files.isExecutable(SCRIPT)) {
            throw new IllegalStateException(
                    "There is no program " + SCRIPT + "; ./mvnw package -pl distribution -am packs it");
        }
        Path home = folder.resolve("home");
        try {
            Files.createDirectories(home.resolve(".config"));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not make the home " + home, failure);
        }
        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "LC_ALL", "C.UTF-8",
                "HOME", home.toString(),
                "XDG_CONFIG_HOME", home.resolve(".config").toString(),
                "XDG_CACHE_HOME", CACHE.toString(),
                "EXPERIMAESTRO_JAVA_HOME", System.getProperty("java.home"));
        return new TestProgram(folder, environment, Duration.ofMinutes(2));
    }

    /**
     * The script of the program, for a call from a shell.
     *
     * @return an absolute path
     */
    public static Path script() {
        return SCRIPT;
    }

    /**
     * The program with a variable set, or changed.
     *
     * @param name the variable
     * @param value its value
     * @return the program
     */
    public TestProgram with(String name, String value) {
        return with(Map.of(name, value));
    }

    /**
     * The program with variables set, or changed, such as those of a cluster.
     *
     * @param variables their names and values
     * @return the program
     */
    public TestProgram with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new TestProgram(folder, all, patience);
    }

    /**
     * The program whose calls may take that long.
     *
     * @param limit how long
     * @return the program
     */
    public TestProgram within(Duration limit) {
        return new TestProgram(folder, environment, limit);
    }

    /**
     * Where the user's own settings are, such as {@code experimaestro/launchers.yaml}.
     *
     * @return the folder XDG_CONFIG_HOME
     */
    public Path settings() {
        return Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
    }

    /**
     * Calls the program, and waits for its end.
     *
     * @param arguments its arguments
     * @return what it did
     * @throws AssertionError when it takes too long
     */
    public ProgramOutcome run(String... arguments) {
        try (Running running = start(arguments)) {
            return running.finish(patience);
        }
    }

    /**
     * Calls the program.
     *
     * @param arguments its arguments
     * @return the program that runs, to be closed
     */
    public Running start(String... arguments) {
        // A shell that runs a build in the background lets all its children ignore Ctrl-C; a terminal does not.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return Running.start(folder, environment, command);
    }
}
