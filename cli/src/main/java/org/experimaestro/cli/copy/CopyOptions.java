package org.experimaestro.cli.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.run.RunName;
import org.experimaestro.copy.CopySelection;
import org.experimaestro.copy.CopySource;
import org.experimaestro.copy.HostAddress;
import org.experimaestro.copy.HostSource;
import org.experimaestro.copy.LocalSource;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that copy: from where, and which jobs and runs. */
final class CopyOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Option(
            names = "--from",
            paramLabel = "FROM",
            description = "The workspace to copy from, if it is another one than that of --workdir: a folder, a bundle,"
                    + " or HOST:DIR, which your ssh reaches.")
    private @Nullable String from;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "Only this run and its jobs: EXPERIMENT/RUN, EXPERIMENT/latest, or the run's name.")
    private @Nullable String run;

    @Option(
            names = "--without-needed",
            description = "Leave out the jobs from whose results the selected ones were made.")
    private boolean withoutNeeded;

    private List<String> words = List.of();
    private @Nullable Connector connector;

    /**
     * Takes the words behind the options: the experiment's file if it is the first, then one name, then jobs or a filter.
     *
     * @param given the arguments
     * @param label the name's label in messages
     * @return the name
     */
    String take(List<String> given, String label) {
        List<String> others = workdir.takeFile(given);
        if (others.isEmpty()) {
            throw new ParameterException(line(), "Missing required parameter: '" + label + "'");
        }
        words = others.subList(1, others.size());
        return others.getFirst();
    }

    /** Opens the workspace to copy from. */
    CopySource open() throws UnreachableException, InterruptedException {
        if (from != null && line().getParseResult().hasMatchedOption("--workdir")) {
            throw new ParameterException(line(), "--from and --workdir both name the workspace to copy from: give one");
        }
        Optional<HostAddress> host = from == null ? Optional.empty() : HostAddress.find(from);
        if (host.isPresent()) {
            connector = connect(host.get());
            return HostSource.open(connector, host.get());
        }
        return new LocalSource(from == null ? workdir.view() : workdir.viewOf(from));
    }

    /** Prepares the connection to a host, which {@link #close} closes. */
    Connector connect(HostAddress host) {
        Connector opened = host.open(ServiceLoader.load(ConnectorType.class, CopyOptions.class.getClassLoader()));
        connector = opened;
        return opened;
    }

    /** Returns whether the workspace to copy from is on another host. */
    boolean isFromHost() {
        return from != null && HostAddress.find(from).isPresent();
    }

    void close() {
        if (connector != null) {
            connector.close();
        }
    }

    /** Selects what the options and words name, or all. */
    CopySelection select(CopySource source) {
        Workspace workspace = source.workspace();
        JobsView view = WorkspaceIndex.open(workspace).view();
        view.problems().forEach(Printer.err(line())::warning);
        FilterOptions.Words given = FilterOptions.split(words);
        boolean isFiltered = filters.isGiven() || !given.filter().isEmpty();
        if (!given.ids().isEmpty() && (isFiltered || run != null)) {
            throw new ParameterException(line(), "Give identifiers, or a filter, not both");
        }
        if (!given.ids().isEmpty()) {
            List<String> jobs = JobSearch.find(workspace, view, given.ids()).stream()
                    .map(JobFolder::name)
                    .toList();
            return warned(CopySelection.of(workspace, view, jobs, List.of(), List.of(), !withoutNeeded));
        }
        Optional<String> experiment =
                filters.experiment().or(() -> workdir.file().map(file -> file.id()));
        experiment.ifPresent(view::requireExperiment);
        Collection<String> jobs = new TreeSet<>();
        view.jobs(filters.filter(workdir, given.filter())).stream()
                .map(JobView::name)
                .forEach(jobs::add);
        List<RunView> runs = new ArrayList<>();
        if (run != null) {
            RunView found = RunName.find(view, run);
            runs.add(found);
            TreeSet<String> ofRun = new TreeSet<>();
            found.submissions().stream().map(RunSubmission::job).forEach(ofRun::add);
            jobs.retainAll(ofRun);
        } else if (experiment.isPresent()) {
            view.runs().stream()
                    .filter(each -> each.folder().experiment().equals(experiment.get()))
                    .forEach(runs::add);
        } else if (!isFiltered) {
            runs.addAll(view.runs());
        }
        Collection<String> results = run != null
                ? List.of()
                : experiment.isPresent() ? List.of(experiment.get()) : isFiltered ? List.of() : view.experiments();
        return warned(CopySelection.of(workspace, view, jobs, runs, results, !withoutNeeded));
    }

    private CopySelection warned(CopySelection selection) {
        selection.problems().forEach(Printer.err(line())::warning);
        return selection;
    }

    /** Refuses to copy a workspace to itself. */
    void requireOther(CopySource source, Path target) {
        if (source.workspace().root().equals(target.toAbsolutePath().normalize())) {
            throw WorkspaceException.of("Cannot copy the workspace " + target + " to itself")
                    .advice("name another folder")
                    .build();
        }
    }

    private CommandLine line() {
        return Objects.requireNonNull(command).commandLine();
    }
}
