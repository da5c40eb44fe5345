package org.experimaestro.runtime.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.experimaestro.ContainerEngine;
import org.experimaestro.ContainerImage;
import org.experimaestro.ImageFile;
import org.experimaestro.Program;

/**
 * The command that runs a program in a container. The job's folder and the files that the program reads are there at
 * the same paths; user, network and devices are as the engine has them without options.
 */
final class ContainerCommand {
    private final ContainerEngine engine;
    private final String name;

    private ContainerCommand(ContainerEngine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    /**
     * Chooses the engine for a program.
     *
     * @param program a program with an image
     * @param searchPath the folders of commands, as in {@code PATH}
     * @param name the name of the container, which no other one has
     * @return the command's maker
     * @throws IOException if no engine is there that can run the image
     */
    static ContainerCommand of(Program program, String searchPath, String name) throws IOException {
        boolean isFile = program.image().orElseThrow() instanceof ImageFile;
        List<ContainerEngine> wanted = program.engine().isPresent()
                ? List.of(program.engine().get())
                : isFile ? List.of(ContainerEngine.APPTAINER) : List.of(ContainerEngine.values());
        if (isFile && wanted.get(0) != ContainerEngine.APPTAINER) {
            throw new IOException("Cannot run " + program.command().get(0) + " in the image file "
                    + program.image().get() + " by " + wanted.get(0).command()
                    + ": only apptainer runs image files; leave the engine out, or name an image of a registry");
        }
        for (ContainerEngine engine : wanted) {
            if (isOnPath(engine.command(), searchPath)) {
                return new ContainerCommand(engine, name);
            }
        }
        StringBuilder names = new StringBuilder();
        for (ContainerEngine engine : wanted) {
            names.append(names.length() == 0 ? "" : ", ").append(engine.command());
        }
        throw new IOException("Cannot run " + program.command().get(0) + " in the image "
                + program.image().get() + ": found none of " + names
                + " on the PATH of the job's host; install one, or load its module by the launcher option \"before\"");
    }

    private static boolean isOnPath(String command, String searchPath) {
        int start = 0;
        while (start <= searchPath.length()) {
            int colon = searchPath.indexOf(File.pathSeparatorChar, start);
            int end = colon < 0 ? searchPath.length() : colon;
            if (end > start && Files.isExecutable(Path.of(searchPath.substring(start, end), command))) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /**
     * Returns the command.
     *
     * @param program the program
     * @param folder the job's folder, which the program may write
     * @param inputs the paths that it reads; those in the job's folder are there already
     * @param variables the names of the variables that the container gets from this process
     * @return the words of the command
     * @throws IOException if a path cannot be bound
     */
    List<String> words(Program program, Path folder, Collection<Path> inputs, Collection<String> variables)
            throws IOException {
        boolean isApptainer = engine == ContainerEngine.APPTAINER;
        String bind = isApptainer ? "--bind" : "--volume";
        List<String> words = new ArrayList<>();
        words.add(engine.command());
        if (isApptainer) {
            words.add("exec");
        } else {
            // Without an init process, a program as process 1 would ignore SIGTERM.
            words.addAll(List.of("run", "--rm", "--init", "--name", name));
        }
        words.addAll(List.of(bind, bound(folder, "")));
        for (Path input : inputs) {
            if (input.isAbsolute() && !input.startsWith(folder) && Files.exists(input)) {
                words.addAll(List.of(bind, bound(input, ":ro")));
            }
        }
        words.addAll(List.of(isApptainer ? "--pwd" : "--workdir", folder.toString()));
        if (!isApptainer) { // which gives its container all variables
            for (String variable : variables) {
                words.addAll(List.of("--env", variable));
            }
        }
        words.addAll(program.containerOptions());
        ContainerImage image = program.image().orElseThrow();
        words.add((isApptainer && !(image instanceof ImageFile) ? "docker://" : "") + image);
        words.addAll(program.command());
        return words;
    }

    private static String bound(Path path, String mode) throws IOException {
        String text = path.toString();
        if (text.indexOf(':') >= 0 || text.indexOf(',') >= 0) {
            throw new IOException("Cannot bind " + text
                    + " into a container: its path has a colon or a comma; use a path without them");
        }
        return text + ":" + text + mode;
    }

    /** Returns the shell command that ends the container by force; empty where it ends with its command. */
    String end() {
        return engine == ContainerEngine.APPTAINER ? "" : engine.command() + " kill " + name;
    }
}
