package org.experimaestro.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.LaunchException;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.finder.LauncherFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --file}, which names the launcher file. */
public final class LauncherFileOption {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The launcher file. Default: launchers.yaml in $EXPERIMAESTRO_CONFIG, else in"
                    + " $XDG_CONFIG_HOME/experimaestro, else in ~/.config/experimaestro.")
    private @Nullable Path file;

    public LauncherFileOption() {}

    /**
     * Returns the launcher file. A default file may be missing.
     *
     * @throws LaunchException if the file that the user names does not exist
     */
    public Path path() {
        Path file = this.file == null ? null : HomeFolder.expand(this.file.toString());
        if (file != null && !Files.exists(file)) {
            throw LaunchException.of("there is no launcher file " + file).build();
        }
        return file != null ? file : usual();
    }

    /** Returns the default location of the launcher file. */
    public static Path usual() {
        return LauncherFile.usualPath(System.getenv(), HomeFolder::current);
    }
}
