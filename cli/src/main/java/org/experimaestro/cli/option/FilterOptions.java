package org.experimaestro.cli.option;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.view.JobFilter;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select jobs. */
public final class FilterOptions {
    @Option(
            names = "--experiment",
            paramLabel = "ID",
            description =
                    "Only jobs that a run of this experiment submitted, with the tags that its latest such run gave them.")
    private @Nullable String experiment;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            converter = StateConverter.class,
            description = "Only jobs in these states: new, starting, queued, running, done, failed, corrupt.")
    private List<JobState> states = List.of();

    @Option(
            names = "--tags",
            paramLabel = TagConverter.FORM,
            converter = TagConverter.class,
            description = {
                "Only jobs that a run submitted with all these tags, such as layers=3,lr=1e-4.",
                TagConverter.QUOTES
            })
    private List<TagConverter.Tags> tags = List.of();

    /** Returns the filter. A file selects the jobs of its experiment, unless an option names another one. */
    public JobFilter filter(Optional<ExperimentFile> file) {
        String selected =
                experiment != null ? experiment : file.map(ExperimentFile::id).orElse(null);
        return new JobFilter(selected, states.isEmpty() ? Set.of() : EnumSet.copyOf(states), TagConverter.map(tags));
    }
}
