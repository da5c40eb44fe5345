package org.experimaestro.cli.plan;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.engine.job.RuntimeClassPath;
import org.experimaestro.loader.source.Toolbox;

/** The locations of the parts of this installation. */
public final class Installation {
    /** The system property, set by the start script, that names the folder with {@code lib}. */
    private static final String HOME = "experimaestro.home";

    private static final String PROCESSOR = "org.experimaestro.processor.ConfigProcessor";

    private Installation() {}

    public static Toolbox toolbox() {
        return new Toolbox(RuntimeClassPath.find(), processorPath(), UserFolder.CACHE.path(), Version.text());
    }

    /** Returns the option that tells another JVM of this installation, if the start script has told this one. */
    public static Optional<String> homeOption() {
        return Optional.ofNullable(System.getProperty(HOME)).map(home -> "-D" + HOME + "=" + home);
    }

    /**
     * Returns the jars of this program, which another host can run.
     *
     * @return the class path
     * @throws WorkspaceException if this program was not started by its script, which knows them
     */
    public static List<Path> jars() {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw WorkspaceException.of("Cannot send Experimaestro to another host: its jars are unknown")
                    .advice("start it with its script bin/experimaestro")
                    .build();
        }
        return jarsIn(Path.of(home, "lib"));
    }

    private static List<Path> processorPath() {
        String home = System.getProperty(HOME);
        if (home != null) {
            return jarsIn(Path.of(home, "lib", "processor"));
        }
        // An IDE or a test has no installation, but the processor may be on the class path.
        try {
            Class.forName(PROCESSOR, false, Installation.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            return List.of();
        }
        List<Path> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.exists(path)) { // Java ignores missing entries too
                classPath.add(path);
            }
        }
        return classPath;
    }

    private static List<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException("This installation is incomplete: " + folder + " cannot be read", missing);
        }
    }
}
