package org.experimaestro.loader.source;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.PlanException;
import org.experimaestro.settings.MavenOptions;
import org.jspecify.annotations.Nullable;

/** A run of Maven in the copy of a project. */
final class MavenBuild {
    private static final String CLASS_PATH_GOAL =
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));
    private static final int LINES_WITHOUT_ERROR_SHOWN = 20;

    /**
     * The errors about a missing package, file or folder. A missing symbol is excluded, because it is more often a
     * misspelling.
     */
    private static final Pattern MISSING = Pattern.compile(
            "(package|file|directory|folder|path) .*(does not exist|not found)|No such file"
                    + "|Non-resolvable|NoSuchFileException|FileNotFoundException",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OWN_ARTIFACT = Pattern.compile(
            "(Could not find artifact|Failure to find|Could not resolve dependencies).*org\\.experimaestro:"
                    + "|org\\.experimaestro:.* was not found");

    private static final Pattern UNKNOWN_PROFILE =
            Pattern.compile("requested profile \"([^\"]+)\" could not be activated because it does not exist");

    private final MavenProject project;
    private final Path copy;
    private final MavenCommand command;
    private final MavenOptions options;

    MavenBuild(MavenProject project, Path copy, MavenCommand command, MavenOptions options) {
        this.project = project;
        this.copy = copy;
        this.command = command;
        this.options = options;
    }

    /**
     * Compiles the module with its siblings. Blocks until Maven has ended.
     *
     * @param classPathFile the file in an existing folder that Maven writes the class path to
     * @return the module's classes, then its runtime dependencies, in Maven's order; siblings as folders
     * @throws PlanException with Maven's errors if the build fails
     */
    List<Path> run(Path classPathFile) throws IOException {
        Path root = inCopy(project.root());
        List<String> words = new ArrayList<>(command.words(root));
        // The option -q is not used, because it suppresses warnings, among them that of an unknown profile. With -C, a
        // library without the right checksum ends the build, as it will in Maven 4.
        words.addAll(List.of("-B", "-C", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dstyle.color=never"));
        if (!project.module().equals(project.root())) {
            words.addAll(List.of("-pl", MavenInputs.name(project.root(), project.module()), "-am"));
        } else {
            words.add("-N");
        }
        if (!options.profiles().isEmpty()) {
            words.add("-P" + String.join(",", options.profiles()));
        }
        options.properties().forEach((name, value) -> words.add("-D" + name + "=" + value));
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
            refuseUnknownProfiles(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PlanException.of("Interrupted while Maven built " + project.root())
                    .cause(e)
                    .build();
        } finally {
            process.destroy();
        }
    }

    /** Refuses unknown profiles. Maven would build without them, with the results of another build. */
    private void refuseUnknownProfiles(List<String> output) throws IOException {
        List<String> unknown = output.stream()
                .map(UNKNOWN_PROFILE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        Set<String> known =
                new TreeSet<>(Pom.read(project.module().resolve("pom.xml")).profiles());
        known.addAll(Pom.read(project.root().resolve("pom.xml")).profiles());
        for (Path parent : project.parents()) {
            known.addAll(Pom.read(parent).profiles());
        }
        throw PlanException.of("Cannot build the Maven project in " + project.module() + ": there is no profile "
                        + String.join(", ", unknown) + " (the key profiles of maven, in the experiment's file)")
                .advice(NameAdvice.suggestion(unknown.getFirst(), known, "profiles of its poms"))
                .build();
    }

    private List<Path> classPath(Path classPathFile) throws IOException {
        Path classes = inCopy(project.module()).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw PlanException.of(
                            "Cannot use the Maven project " + project.module() + ": its build leaves no target/classes")
                    .advice("plans are looked for in the module's main sources, src/main/java, not in src/test/java")
                    .build();
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
        List<String> errors = new ArrayList<>(MavenErrors.of(output, copy, project.base()));
        if (errors.stream().anyMatch(error -> error.contains("-Werror"))) {
            errors.addAll(0, MavenErrors.warnings(output, copy, project.base()));
        }
        List<String> shown = errors.isEmpty()
                ? output.subList(Math.max(0, output.size() - LINES_WITHOUT_ERROR_SHOWN), output.size())
                : errors;
        return PlanException.of("Cannot build the Maven project in " + project.module()
                        + ": Maven ended with exit code " + exitCode
                        + "\n  " + String.join("\n", shown).replace("\n", "\n  ") + "\n"
                        + (shown.stream().anyMatch(MavenBuild::saysThatSomethingIsMissing) ? whatWasBuilt() : ""))
                .advice(hint(errors))
                .build();
    }

    private static boolean saysThatSomethingIsMissing(String error) {
        return MISSING.matcher(error).find();
    }

    /** Returns the advice that a missing file may be outside the folders that were copied. */
    private String whatWasBuilt() {
        List<String> copied = Stream.concat(project.trees().stream(), project.files().stream())
                .map(Path::toString)
                .toList();
        return "Maven built a copy, so that nothing is written in the project. These were copied: "
                + String.join(", ", copied)
                + ". What else the build reads must be named in its poms, by a path that starts with ../ or /.\n";
    }

    /**
     * Returns a hint about a missing builder. The usual cause is an annotation processor that never ran, or a type
     * without our annotation.
     */
    private @Nullable String hint(List<String> errors) {
        if (errors.stream().anyMatch(line -> OWN_ARTIFACT.matcher(line).find())) {
            return "run ./mvnw install -DskipTests in a clone of Experimaestro, which is in no public repository yet";
        }
        if (errors.stream().anyMatch(line -> line.contains("Checksum validation failed"))) {
            return "Experimaestro has Maven refuse what it fetches without the right checksum (its option -C); if you trust"
                    + " the file, have Maven itself fetch it once: mvn compile in " + project.module();
        }
        boolean missing = errors.stream().anyMatch(line -> line.contains("cannot find symbol"))
                && errors.stream().anyMatch(line -> line.contains("Builder"));
        if (missing && !ProcessorHint.isConfigured(project)) {
            return ProcessorHint.TEXT;
        }
        return BuilderAdvice.of(errors);
    }
}
