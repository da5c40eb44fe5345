package org.experimaestro.cli.option;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options that select jobs. All of them build one filter, whose conditions must all hold. */
public final class FilterOptions {
    /** A pattern of the sign of a named filter at the begin of a word. */
    private static final Pattern PRESET = Pattern.compile("(^|[\\s(])@");

    /** A word that may name a job. An empty word names none, and must not be the filter that selects all. */
    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}\\p{N}._/-]*|\\s+");

    @Spec(Spec.Target.MIXEE)
    @Nullable
    public CommandSpec command;

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "Only jobs that this filter selects, such as 'state=failed and (k1=0.6..1.2 or age<2h)', or"
                    + " @NAME for one of settings.yaml. docs/filter.md has the language.")
    private @Nullable String text;

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

    /** Returns the tags of the option {@code --tags}. */
    public Map<String, String> tags() {
        return TagConverter.map(tags);
    }

    /**
     * The arguments of a command that takes identifiers of jobs, or a filter.
     *
     * @param ids the identifiers; empty if there is a filter
     * @param filter the texts of a filter, for {@link #filter(WorkdirOption, List)}; empty if there are identifiers
     */
    public record Words(List<String> ids, List<String> filter) {}

    /**
     * Tells a filter from identifiers, which have letters, digits, {@code .}, {@code -}, {@code _} and {@code /} only.
     *
     * @param words the arguments behind the file of an experiment
     * @return all words as a filter, if one of them is no identifier; otherwise all of them as identifiers
     */
    public static Words split(List<String> words) {
        return words.stream().allMatch(word -> IDENTIFIER.matcher(word).matches())
                ? new Words(words, List.of())
                : new Words(List.of(), words);
    }

    /** Returns the experiment of the option {@code --experiment}. */
    public Optional<String> experiment() {
        return Optional.ofNullable(experiment);
    }

    /** Returns whether the user has given one of these options. */
    public boolean isGiven() {
        return text != null && !text.isBlank() || experiment != null || !states.isEmpty() || !tags.isEmpty();
    }

    /**
     * Returns the filter. A file selects the jobs of its experiment, unless an option names another one.
     *
     * @param workdir the option that knows the file and the workspace, whose settings may have named filters
     * @throws ParameterException if the text is not a filter
     */
    public Filter filter(WorkdirOption workdir) {
        return filter(workdir, List.of());
    }

    /**
     * Returns the filter with further conditions.
     *
     * @param workdir the option that knows the file and the workspace, whose settings may have named filters
     * @param words texts of filters, which are arguments of the command line
     * @throws ParameterException if a text is not a filter
     */
    public Filter filter(WorkdirOption workdir, List<String> words) {
        Filter ofFile = experiment != null
                ? Filter.ALL
                : workdir.file().map(file -> Filter.ofExperiment(file.id())).orElse(Filter.ALL);
        return ofFile.and(ofOptions(workdir, words));
    }

    /** Refuses words behind tags: tags that are separated by spaces are a frequent mistake. */
    private void refuseTags(List<String> words) {
        if (!words.isEmpty() && !tags.isEmpty()) {
            throw new UnmatchedArgumentException(line(), words);
        }
    }

    private Filter ofOptions(WorkdirOption workdir, List<String> words) {
        refuseTags(words);
        Set<JobState> wanted = states.isEmpty() ? Set.of() : EnumSet.copyOf(states);
        return (experiment == null ? Filter.ALL : Filter.ofExperiment(experiment))
                .and(Filter.ofStates(wanted))
                .and(Filter.ofTags(tags()))
                .and(parsed(text == null ? "" : text, workdir))
                .and(parsed(joined(words), workdir));
    }

    /** Returns the text of several arguments. One with several words is a condition of its own. */
    private static String joined(List<String> words) {
        return words.size() == 1
                ? words.getFirst()
                : words.stream()
                        .map(word -> word.contains(" ") ? "(" + word + ")" : word)
                        .collect(Collectors.joining(" "));
    }

    private Filter parsed(String filter, WorkdirOption workdir) {
        Map<String, String> presets = PRESET.matcher(filter).find() ? presets(workdir) : Map.of();
        try {
            return Filter.parse(filter, presets);
        } catch (WorkspaceException wrong) {
            throw new ParameterException(line(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Returns the named filters of the settings, which are read only if one is named. */
    private Map<String, String> presets(WorkdirOption workdir) {
        UserSettings user = UserSettings.current();
        Path workspace = workdir.choose().folder();
        NamedFilters filters = WorkspaceSettings.read(workspace, user).filters(user);
        filters.problems().forEach(Printer.err(line())::warning);
        return filters.texts();
    }

    private CommandLine line() {
        return Objects.requireNonNull(command).commandLine();
    }
}
