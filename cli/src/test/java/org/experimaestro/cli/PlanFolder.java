package org.experimaestro.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A user's folder with a plan and a {@code debug.yaml}, and a workspace elsewhere. */
public final class PlanFolder {
    private static final String IMPORTS = """
            import java.nio.file.*;
            import java.util.*;
            import org.experimaestro.*;
            """;

    private final Path folder;
    private final Path workspace;

    public PlanFolder(Path place) {
        this.folder = place.resolve("plan");
        this.workspace = place.resolve("workspace");
        file("debug.yaml", "file: experiment\n");
    }

    public Path path() {
        return folder;
    }

    public Path workspace() {
        return workspace;
    }

    public Path yaml() {
        return folder.resolve("debug.yaml");
    }

    /** Writes a file of the folder. */
    public PlanFolder file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes {@code debug.yaml}: the plan is {@code experiment.java}, the rest is given. */
    public PlanFolder settings(String yaml) {
        return file("debug.yaml", "file: experiment\n" + yaml);
    }

    /** Writes {@code experiment.java}; three lines of imports stand above the text. */
    public PlanFolder source(String text) {
        return file("experiment.java", IMPORTS + text);
    }

    /** A plan named {@code P} without settings; the first line of what {@code run} does is line 5. */
    public PlanFolder plan(String run, String... types) {
        return source(
                "class P implements ExperimentPlan<P.S> { record S() {} public void run(Experiment xp, S s) throws"
                        + " Exception {\n" + run + "\n}}\n" + String.join("\n", types) + "\n");
    }

    /** {@code run-experiment} on {@code debug.yaml}, in the folder's own workspace. */
    public CommandLineRun run(String... options) {
        var arguments =
                new ArrayList<>(List.of("run-experiment", "--workdir", workspace.toString(), yaml().toString()));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    /** {@code run-experiment} on {@code debug.yaml}, without naming a workspace. */
    public CommandLineRun runWithoutWorkdir(String... options) {
        var arguments = new ArrayList<>(List.of("run-experiment", yaml().toString()));
        arguments.addAll(List.of(options));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    /** Copies the files of an example, without its workspace, to where its user edits them. */
    public static void copy(Path example, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    /** All that is below a folder, with the content of files: what must not change. */
    public static List<String> tree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                String text = root.relativize(path).toString();
                lines.add(
                        Files.isDirectory(path)
                                ? text + "/"
                                : text + "=" + Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return lines;
    }
}
