package org.experimaestro.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.Requirement;
import org.experimaestro.finder.FileLauncherFinder;
import org.experimaestro.finder.PlacementExplanation;
import org.experimaestro.settings.UserSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that give a job's requirement and the launcher file. */
public final class RequirementOptions {
    @Mixin
    private final LauncherFileOption file = new LauncherFileOption();

    @Parameters(paramLabel = "REQUIREMENT", description = "Such as 'duration=2 days & cuda(mem=16G) * 4'.")
    private String requirement = "";

    @Option(
            names = "--labels",
            paramLabel = "TAG",
            split = ",",
            description = "Only launchers that have these labels, separated by commas.")
    private List<String> labels = new ArrayList<>();

    public RequirementOptions() {}

    public Requirement requirement() {
        return Requirement.parse(requirement, null);
    }

    public SortedSet<String> labels() {
        SortedSet<String> named = new TreeSet<>(labels);
        named.removeIf(String::isBlank);
        return named;
    }

    /** Returns all places of the launcher file, and the chosen place. */
    public PlacementExplanation explanation() {
        Requirement parsed = requirement();
        return FileLauncherFinder.open(file.path(), ClassLoader.getPlatformClassLoader(), UserSettings.current())
                .explain(parsed, labels());
    }
}
