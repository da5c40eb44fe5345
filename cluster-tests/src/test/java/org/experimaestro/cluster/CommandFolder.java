package org.experimaestro.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder for the front of the PATH, with commands that note each call and then are the real ones, or something else that a
 * test wants. It tells how often a controller is asked, and plays troubles that no cluster can be brought into.
 *
 * @param folder the folder
 */
public record CommandFolder(Path folder) {
    /** The commands of Slurm that ask the controller or the database. */
    public static final List<String> OF_SLURM =
            List.of("sbatch", "squeue", "sacct", "scontrol", "scancel", "sinfo", "srun");

    private static final String CALLS = "calls.txt";

    /**
     * Makes a folder in which Slurm's commands note their calls.
     *
     * @param folder the folder, which is made
     * @return the folder
     */
    public static CommandFolder ofSlurm(Path folder) {
        var commands = new CommandFolder(folder.toAbsolutePath());
        commands.within("exec \"$@\"");
        return commands;
    }

    /**
     * Has Slurm's commands started by a script.
     *
     * @param body what it does with the real command, its arguments, in the language of sh
     */
    public void within(String body) {
        for (String name : OF_SLURM) {
            Path real = findOnPath(name)
                    .orElseThrow(() -> new IllegalStateException("There is no command " + name + " on the PATH"));
            replace(name, "set -- '" + real + "' \"$@\"\n" + body);
        }
    }

    /**
     * Makes a folder in which ssh reads another configuration than the user's.
     *
     * @param folder the folder, which is made
     * @param configuration the configuration
     * @return the folder
     */
    public static CommandFolder ofSsh(Path folder, Path configuration) {
        var commands = new CommandFolder(folder.toAbsolutePath());
        Path real = findOnPath("ssh").orElseThrow(() -> new IllegalStateException("There is no ssh on the PATH"));
        commands.replace("ssh", "exec '" + real + "' -F '" + configuration + "' \"$@\"");
        return commands;
    }

    /**
     * Makes a command something else. Its calls are noted all the same.
     *
     * @param name the command
     * @param body what it does, in the language of sh, such as {@code echo "Slurm accounting storage is disabled" >&2; exit 1}
     */
    public void replace(String name, String body) {
        // One short line is appended as a whole, also by commands that run at the same time. The time is in seconds.
        String script = """
                #!/bin/bash
                printf '%%(%%s)T %s %%s\\n' -1 "${*//$'\\n'/ }" >>'%s'
                %s
                """.formatted(name, folder.resolve(CALLS), body);
        try {
            Files.createDirectories(folder);
            Path file = Files.writeString(folder.resolve(name), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not write the command " + name + " in " + folder, failure);
        }
    }

    /**
     * A PATH on which these commands come first.
     *
     * @return the value of the variable
     */
    public String path() {
        return folder + File.pathSeparator + System.getenv("PATH");
    }

    /**
     * The calls until now, in their order.
     *
     * @return for each the command and its arguments, separated by spaces
     */
    public List<String> calls() {
        return lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    /**
     * The calls of one command until now.
     *
     * @param name the command
     * @return for each the command and its arguments, separated by spaces
     */
    public List<String> calls(String name) {
        return calls().stream()
                .filter(call -> call.equals(name) || call.startsWith(name + " "))
                .toList();
    }

    private Stream<String> lines() {
        Path calls = folder.resolve(CALLS);
        try {
            return Files.exists(calls) ? Files.readAllLines(calls).stream() : Stream.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not read " + calls, failure);
        }
    }

    private static Optional<Path> findOnPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(each -> Path.of(each).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
