package org.experimaestro.cli.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.experimaestro.cli.option.AgeConverter;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.trash.Cleaning;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs clean}. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = {
            "Moves jobs to the trash of their workspace. Prints them first, with their sizes and the jobs that were made"
                    + " from them, and asks.",
            "The next run of a plan that submits such a job runs it. experimaestro trash undo moves all back.",
            "A job stays if it is active or pinned, if a pinned one was made from it, or if a run that goes on has it."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs clean 2804b8d4",
            "  experimaestro jobs clean --state failed --older-than 7d",
            "  experimaestro jobs clean --orphans --dry-run"
        })
final class JobsCleanCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Mixin
    private final Cleaning cleaning = new Cleaning();

    @Parameters(
            paramLabel = "[FILE.yaml] [ID...|FILTER]",
            arity = "0..*",
            hideParamSyntax = true,
            description =
                    "The first digits of jobs' identifiers, or TYPE/DIGITS; or a filter, such as state=failed. Before"
                            + " them, the file of the experiment whose workspace is meant, or whose jobs, if no identifier is given.")
    private List<String> words = List.of();

    @Option(
            names = "--older-than",
            paramLabel = AgeConverter.FORM,
            converter = AgeConverter.class,
            description =
                    "Only jobs whose last attempt ended longer ago, such as 7d or 12h: short for the filter age>AGE, which"
                            + " selects no job without an attempt.")
    private @Nullable Duration age;

    @Option(
            names = "--orphans",
            description = "Only jobs that no run refers to: none has submitted them, or a job that was made from them.")
    private boolean orphans;

    @Option(names = "--with-dependents", description = "Also all jobs that were made from the selected ones.")
    private boolean withDependents;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        FilterOptions.Words given = FilterOptions.split(workdir.takeFile(words));
        List<String> ids = given.ids();
        boolean isFiltered = isFiltered() || !given.filter().isEmpty();
        if (ids.isEmpty() && !isFiltered && workdir.file().isEmpty() || !ids.isEmpty() && isFiltered) {
            throw new ParameterException(
                    spec.commandLine(), "Say which jobs: give identifiers, or a filter such as state=failed");
        }
        Workspace workspace = workdir.change();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        Map<String, JobFolder> jobs = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            filtered(index.view(), given.filter()).forEach(job -> jobs.put(job.name(), job.folder()));
        } else {
            JobSearch.find(workspace, index.view(), ids).forEach(job -> jobs.put(job.name(), job));
        }
        if (withDependents) {
            addDependents(index.view(), jobs);
        }
        if (jobs.isEmpty()) {
            Printer.err(spec.commandLine()).line("No job of " + workspace + " is like that");
            return ExitCode.OK;
        }
        String command = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        return orphans
                ? cleaning.cleanOwn(workspace, index, command, jobs.values(), List.of())
                : cleaning.clean(workspace, index, command, jobs.values(), List.of());
    }

    private boolean isFiltered() {
        return options.isGiven() || age != null || orphans;
    }

    private List<JobView> filtered(JobsView view, List<String> conditions) {
        Filter filter = options.filter(workdir, conditions);
        List<JobView> selected = view.jobs(age == null ? filter : filter.and(Filter.ofAgeAbove(age)));
        if (orphans) {
            Orphans.requireAllKnown(view, "tell which jobs no run refers to");
            Set<String> names = Orphans.jobs(view, JobUses.of(view)).stream()
                    .map(JobView::name)
                    .collect(Collectors.toSet());
            selected =
                    selected.stream().filter(job -> names.contains(job.name())).toList();
        }
        return selected;
    }

    private static void addDependents(JobsView view, Map<String, JobFolder> jobs) {
        SortedSet<String> all = new TreeSet<>(JobUses.of(view).withUsers(jobs.keySet()));
        all.forEach(name -> view.find(name).ifPresent(job -> jobs.putIfAbsent(name, job.folder())));
    }
}
