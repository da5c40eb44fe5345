package org.experimaestro.finder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.experimaestro.LaunchException;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.finder.FileLauncher.Dynamic;
import org.experimaestro.finder.FileLauncher.Partition;
import org.experimaestro.finder.FileLauncher.Ranking;
import org.experimaestro.finder.FileLauncher.Running;
import org.experimaestro.settings.Problems;
import org.experimaestro.settings.RecordFile;
import org.experimaestro.settings.Source;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.LauncherDefinition;

/** The user's launchers: the file {@value #NAME}, whose format is described in docs/launcher-file.md. Immutable. */
public final class LauncherFile {
    /** The name of the file. */
    public static final String NAME = "launchers.yaml";

    private final String label;
    private final List<FileLauncher> launchers;

    private LauncherFile(String label, List<FileLauncher> launchers) {
        this.label = label;
        this.launchers = List.copyOf(launchers);
    }

    /**
     * Returns the usual path of the file.
     *
     * @param environment the variables of the process
     * @param home returns the user's home folder; called only if it is needed
     * @return {@code $EXPERIMAESTRO_CONFIG/launchers.yaml}, else {@code
     *     $XDG_CONFIG_HOME/experimaestro/launchers.yaml}, else {@code ~/.config/experimaestro/launchers.yaml}
     */
    public static Path usualPath(Map<String, String> environment, Supplier<Path> home) {
        return UserFolder.settings(environment, home).resolve(NAME);
    }

    /**
     * Reads a file.
     *
     * @param file the file, which exists
     * @param types the types of launchers and connectors that it may name
     * @param user the settings that name trusted users, because the file has commands, and variables such as {@code
     *     LD_PRELOAD}
     * @return the launchers
     * @throws LaunchException if it cannot be read, or is wrong, with all problems and their lines; or if a user may
     *     change it that is not trusted
     */
    public static LauncherFile read(Path file, LauncherTypes types, UserSettings user) {
        if (Files.exists(file)) {
            user.requireNoStrangers(file, "run commands with your rights", LaunchException::of);
        }
        Path absolute = file.toAbsolutePath().normalize();
        String label = HomeFolder.shorten(absolute);
        Path folder = absolute.getParent();
        Source source = Source.ofFile(label, 0, folder == null ? absolute : folder);
        var problems = new Problems(LaunchException::of);
        return check(RecordFile.read(absolute, source, FileEntry.class, problems), source, types, problems);
    }

    /**
     * Reads the text of a file that is not written yet.
     *
     * @param text the text
     * @param types the types of launchers and connectors that it may name
     * @return the launchers
     * @throws LaunchException if it is wrong, with all problems and their lines
     */
    static LauncherFile parse(String text, LauncherTypes types) {
        Source source = Source.ofFile(NAME, 0, Path.of("").toAbsolutePath());
        var problems = new Problems(LaunchException::of);
        return check(RecordFile.parse(text, source, FileEntry.class, problems), source, types, problems);
    }

    private static LauncherFile check(
            Optional<FileEntry> entry, Source source, LauncherTypes types, Problems problems) {
        String label = source.label();
        problems.throwIfAny(label);
        if (entry.orElseThrow().launchers().isEmpty()) {
            problems.add(
                    source.whole(),
                    "there is no launcher in the file",
                    "remove the file to run jobs on this machine, or make a new one by \"experimaestro launchers generate"
                            + " --force\"");
        }
        List<FileLauncher> launchers = new FileCheck(types, problems).launchers(entry.get());
        problems.throwIfAny(label);
        return new LauncherFile(label, launchers);
    }

    /**
     * Returns the file's name in messages.
     *
     * @return its path, below the home folder with {@code ~}
     */
    public String label() {
        return label;
    }

    /** Returns all launchers, in the order of the file. */
    List<FileLauncher> launchers() {
        return launchers;
    }

    /** Returns the launchers that run jobs, in the order of the file. */
    List<Running> running() {
        return launchers.stream()
                .filter(Running.class::isInstance)
                .map(Running.class::cast)
                .toList();
    }

    /**
     * Returns the launchers that run jobs.
     *
     * @return their definitions, in the order of the file
     */
    public List<LauncherDefinition> definitions() {
        return running().stream().map(Running::definition).toList();
    }

    /**
     * A summary of a launcher, for a list.
     *
     * @param name its name
     * @param type its type
     * @param connector the name of its connector; empty for this machine
     * @param partitions the names of its partitions
     * @param hosts the numbers and kinds of its hosts; for a dynamic launcher, the launchers that it chooses from
     * @param labels its labels
     * @param onlyLabeled whether only requests with one of its labels, or with its name, may use it
     * @param priority its priority
     */
    public record Summary(
            String name,
            String type,
            Optional<String> connector,
            List<String> partitions,
            List<String> hosts,
            SortedSet<String> labels,
            boolean onlyLabeled,
            int priority) {

        /** Copies the lists. */
        public Summary {
            partitions = List.copyOf(partitions);
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Returns summaries of all launchers.
     *
     * @return in the order of the file
     */
    public List<Summary> summaries() {
        return launchers.stream().map(LauncherFile::summary).toList();
    }

    private static Summary summary(FileLauncher launcher) {
        Ranking standing = launcher.standing();
        return switch (launcher) {
            case Running running ->
                new Summary(
                        running.name(),
                        running.definition().type(),
                        running.definition().connector().map(ConnectorDefinition::name),
                        running.partitions().stream().map(Partition::name).toList(),
                        running.hosts().stream()
                                .map(host -> host.description().count() + " × " + host.name())
                                .toList(),
                        standing.labels(),
                        standing.onlyLabeled(),
                        standing.priority());
            case Dynamic dynamic ->
                new Summary(
                        dynamic.name(),
                        LauncherTypes.DYNAMIC,
                        Optional.empty(),
                        List.of(),
                        List.copyOf(dynamic.among().keySet()),
                        standing.labels(),
                        standing.onlyLabeled(),
                        standing.priority());
        };
    }

    /** Returns a launcher that runs jobs, by its name. */
    Optional<Running> find(String name) {
        return running().stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
