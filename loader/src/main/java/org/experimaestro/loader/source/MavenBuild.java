package org.experimaestro.loader.source;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/** One run of Maven in the copy of a project. */
final class MavenBuild {
    private static final String CLASS_PATH_GOAL =
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    private static final Pattern BOILERPLATE =
            Pattern.compile("(-> )?\\[Help \\d+].*|To see the full stack trace.*|Re-run Maven.*|For more information.*"
                    + "|After correcting the problems.*|.*mvn <args> -rf .*|");
    private static final int LINES_WITHOUT_ERROR_SHOWN = 20;

    private final MavenProject project;
    private final Path copy;
    private final MavenCommand command;

    MavenBuild(MavenProject project, Path copy, MavenCommand command) {
        this.project = project;
        this.copy = copy;
        this.command = command;
    }

    /**
     * Compiles the module with the siblings it needs.
     *
     * @param classPathFile existing folder's file that Maven writes the class path to
     * @return the module's classes, then what it needs at run time, in Maven's order; siblings as folders
     * @throws PlanException with Maven's errors when the build fails
     */
    List<Path> run(Path classPathFile) throws IOException {
        Path root = inCopy(project.root());
        List<String> words = new ArrayList<>(command.words(root));
        words.addAll(List.of("-B", "-q", "-Dstyle.color=never"));
        if (!project.module().equals(project.root())) {
            words.addAll(List.of("-pl", MavenInputs.name(project.root(), project.module()), "-am"));
        } else {
            words.add("-N");
        }
        String localRepository = System.getProperty("maven.repo.local");
        if (localRepository != null) {
            words.add("-Dmaven.repo.local=" + localRepository);
        }
        words.addAll(List.of(
                "compile", CLASS_PATH_GOAL, "-Dmdep.outputFile=" + classPathFile, "-Dmdep.includeScope=runtime"));
        execute(words, root);
        return classPath(classPathFile);
    }

    private Path inCopy(Path original) {
        return copy.resolve(project.base().relativize(original).toString()).normalize();
    }

    private void execute(List<String> words, Path root) throws IOException {
        var builder = new ProcessBuilder(words)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().put("JAVA_HOME", JdkIdentity.home().toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            List<String> output;
            try (BufferedReader reader = process.inputReader()) {
                output = reader.lines().toList();
            }
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw failed(exitCode, output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlanException("Interrupted while Maven built " + project.root(), null, null, e);
        } finally {
            process.destroy();
        }
    }

    private List<Path> classPath(Path classPathFile) throws IOException {
        Path classes = inCopy(project.module()).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new PlanException(
                    "Cannot use the Maven project " + project.module() + ": its build leaves no target/classes",
                    null,
                    "plans are looked for in the module's main sources, src/main/java",
                    null);
        }
        List<Path> classPath = new ArrayList<>(List.of(classes));
        for (String entry :
                SEPARATOR.splitAsStream(Files.readString(classPathFile).strip()).toList()) {
            if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                classPath.add(Path.of(entry));
            }
        }
        return classPath;
    }

    private PlanException failed(int exitCode, List<String> output) {
        List<String> errors = output.stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip().replaceAll(" -> \\[Help \\d+]$", ""))
                .filter(line -> !BOILERPLATE.matcher(line).matches())
                .map(line -> line.replace(copy.toString(), project.base().toString()))
                .distinct()
                .toList();
        List<String> shown = errors.isEmpty()
                ? output.subList(Math.max(0, output.size() - LINES_WITHOUT_ERROR_SHOWN), output.size())
                : errors;
        return new PlanException(
                "Cannot build the Maven project in " + project.module() + ": Maven ended with exit code " + exitCode
                        + "\n  " + String.join("\n  ", shown) + "\n",
                null,
                processorHint(errors),
                null);
    }

    /** A missing builder is most often an annotation processor that never ran. */
    private @Nullable String processorHint(List<String> errors) {
        boolean missing = errors.stream().anyMatch(line -> line.contains("cannot find symbol"))
                && errors.stream().anyMatch(line -> line.contains("Builder"));
        return missing && !ProcessorHint.isConfigured(project) ? ProcessorHint.TEXT : null;
    }
}
