package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.experimaestro.PlanException;
import org.experimaestro.settings.MavenOptions;

/**
 * A finder of a plan's class and class path. Results of compilation and builds are stored in the toolbox's cache,
 * keyed by content; nothing is written beside the plan.
 *
 * <p>Thread-safe, and safe among processes that share a cache.
 */
public final class PlanSources {
    private PlanSources() {}

    /**
     * Returns the plan in a Java source file. Every {@code *.java} file of its folder is compiled with it, with our
     * annotation processor, against the api and the libraries of the folder's {@code //DEPS} lines. Blocks until the
     * compilation is done.
     *
     * @param javaFile the source whose one class implements {@link org.experimaestro.ExperimentPlan}
     * @param toolbox the compiler's inputs, and the cache
     * @param listener is called for the steps
     * @return the plan's class and class path: one jar in the cache, then the libraries
     * @throws PlanException if the file is missing, does not compile, holds no plan or several, or a library cannot
     *     be resolved
     */
    public static PlanCode fromSourceFile(Path javaFile, Toolbox toolbox, Listener listener) {
        try {
            var resolver = new DependencyResolver(UnaryOperator.identity());
            return new SourcePlan(toolbox, resolver, listener, InstantSource.system()).load(javaFile.toAbsolutePath());
        } catch (IOException | UncheckedIOException e) {
            throw cannotPrepare(javaFile.toString(), toolbox, e);
        }
    }

    /**
     * Returns Maven's local repository, unless Maven's {@code settings.xml} sets another.
     *
     * @return the folder of the property {@code maven.repo.local}, else {@code ~/.m2/repository}; it need not exist
     */
    public static Path localRepository() {
        String named = System.getProperty("maven.repo.local");
        // HOME is not used, because Maven itself uses this property.
        Path folder = named == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(named);
        return folder.toAbsolutePath().normalize();
    }

    /**
     * Returns whether a folder belongs to a Maven project.
     *
     * @param folder a folder
     * @return true if a {@code pom.xml} is in it or above it
     */
    public static boolean isInMavenProject(Path folder) {
        return MavenProject.findPom(folder).isPresent();
    }

    /**
     * Returns the plan in the Maven project that a folder belongs to. The project is built in a copy below the cache.
     * Blocks until the build is done.
     *
     * @param folder a folder in the project, the YAML file's; the nearest {@code pom.xml} in or above it counts
     * @param className the plan's class: binary name, or the name as Java writes it ({@code com.acme.Outer.Plan})
     * @param options profiles and properties of the build
     * @param toolbox the cache and the version
     * @param listener is called for the steps
     * @return the plan's class and class path: jars of the module and its siblings in the cache, and the libraries
     * @throws PlanException if there is no project, no Maven, the build fails, or it has no such plan
     */
    public static PlanCode fromMavenProject(
            Path folder, String className, MavenOptions options, Toolbox toolbox, Listener listener) {
        try {
            return new MavenPlan(toolbox, MavenCommand.ofThisMachine(), listener, InstantSource.system())
                    .load(folder.toAbsolutePath(), className, options);
        } catch (IOException | UncheckedIOException e) {
            throw cannotPrepare(className, toolbox, e);
        }
    }

    /**
     * Returns the plan on the class path of this process, as in an IDE.
     *
     * @param className the plan's class: binary name, or the name as Java writes it
     * @param loader the loader that sees the class path
     * @return the plan's class and the process' class path without our own jars
     * @throws PlanException if the class does not exist, or cannot be used as a plan
     */
    public static PlanCode fromClassPath(String className, ClassLoader loader) {
        try {
            return new RunningClassPath(System.getProperty("java.class.path", "")).plan(className, loader);
        } catch (IOException e) {
            throw PlanException.of("Cannot read the class path of this process for " + className + ": " + e)
                    .cause(e)
                    .build();
        }
    }

    private static PlanException cannotPrepare(String what, Toolbox toolbox, Exception cause) {
        // The reason is a sentence, which needs no name of an exception.
        boolean hasReason = cause instanceof FileSystemException failed && failed.getReason() != null;
        return PlanException.of("Cannot prepare " + what + ": " + (hasReason ? cause.getMessage() : cause))
                .advice("compiled plans go to " + toolbox.cache()
                        + ": it must be writable and have space; XDG_CACHE_HOME names another place")
                .cause(cause)
                .build();
    }
}
