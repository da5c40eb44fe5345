package org.experimaestro.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.LaunchException;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.finder.LauncherFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --file}: which launcher file is meant. */
final class LauncherFileOption {
    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The launcher file. Default: launchers.yaml in $EXPERIMAESTRO_CONFIG, else in"
                    + " $XDG_CONFIG_HOME/experimaestro, else in ~/.config/experimaestro.")
    private @Nullable Path file;

    LauncherFileOption() {}

    /** The file, whether it is there or not; but one that the user names must be there. */
    Path path() {
        Path file = this.file == null ? null : HomeFolder.expand(this.file.toString());
        if (file != null && !Files.exists(file)) {
            throw LaunchException.of("there is no launcher file " + file).build();
        }
        return file != null ? file : usual();
    }

    /** Where the file is when nobody says otherwise. */
    static Path usual() {
        return LauncherFile.usualPath(System.getenv(), HomeFolder::current);
    }
}
