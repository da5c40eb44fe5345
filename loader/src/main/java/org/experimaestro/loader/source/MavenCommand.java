package org.experimaestro.loader.source;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.PlanException;

/**
 * The command that runs Maven.
 *
 * @param searchPath the variable {@code PATH}
 * @param windows whether commands end with {@code .cmd}
 */
record MavenCommand(String searchPath, boolean windows) {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    static MavenCommand ofThisMachine() {
        return new MavenCommand(
                System.getenv().getOrDefault("PATH", ""),
                System.getProperty("os.name", "").startsWith("Windows"));
    }

    /**
     * Returns the project's wrapper, or by default the machine's Maven.
     *
     * @param root folder of the topmost project
     * @return the first words of the command
     * @throws PlanException if there is neither
     */
    List<String> words(Path root) {
        Path wrapper = root.resolve(windows ? "mvnw.cmd" : "mvnw");
        if (Files.isRegularFile(wrapper)) {
            return windows ? List.of(wrapper.toString()) : List.of("sh", wrapper.toString());
        }
        for (String folder : SEPARATOR.splitAsStream(searchPath).toList()) {
            Path command = Path.of(folder).resolve(windows ? "mvn.cmd" : "mvn");
            if (!folder.isEmpty() && Files.isExecutable(command)) {
                return List.of(command.toString());
            }
        }
        throw PlanException.of("Cannot build the Maven project: it has no mvnw, and there is no mvn on the PATH")
                .advice("install Maven, or add its wrapper to the project (mvn wrapper:wrapper)")
                .build();
    }
}
