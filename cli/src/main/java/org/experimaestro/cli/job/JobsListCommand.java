package org.experimaestro.cli.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobFilter;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.StaleCode;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code experimaestro jobs list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the jobs of a workspace: their state, identifier, type, time, experiments and tags, and why they"
                    + " failed or how far they are.",
            "A job has a line for each set of tags with which the latest runs of experiments submitted it.",
            "Needs nothing but the workspace: no experiment has to run."
        })
public final class JobsListCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Parameters(
            paramLabel = "FILE.yaml",
            arity = "0..1",
            description = "The file of an experiment: only its jobs, in its workspace.")
    private @Nullable String file;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Option(
            names = "--stale",
            description = "Only jobs that are done and ran other code than the latest run that submitted them (with"
                    + " --experiment, the latest of that experiment), and which classes and jars differ.")
    private boolean stale;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> others = workdir.takeFile(file == null ? List.of() : List.of(file));
        if (!others.isEmpty()) {
            throw new UnmatchedArgumentException(spec.commandLine(), others);
        }
        JobFilter filter = options.filter(workdir.file());
        Workspace workspace = workdir.view();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        JobsView view = index.view();
        List<JobRow> rows = view.rows(filter);
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        Map<String, CodeChange> changes = new HashMap<>();
        if (stale) {
            StaleCode code = new StaleCode(workspace, view, filter.experiment());
            rows = rows.stream()
                    .filter(row -> isStale(row.job(), code, changes, err))
                    .toList();
        }
        if (json) {
            rows.forEach(row ->
                    out.line(JobTexts.json(row, view, changes.get(row.job().name()))));
        } else if (!rows.isEmpty()) {
            new JobTexts(Instant.now(), ZoneId.systemDefault())
                    .table(rows, view, changes)
                    .forEach(out::line);
        } else if (view.jobs().isEmpty()) {
            err.line("The workspace " + workspace + " has no jobs");
        } else {
            err.line("None of the " + view.jobs().size() + " jobs in " + workspace + " is like that");
            view.tagAdvice(filter).forEach(err::line);
        }
        view.problems().forEach(err::warning);
        if (index.isWorthStoring()) {
            index.store();
        }
        return ExitCode.OK;
    }

    /** A job whose code cannot be compared is named, and left out. */
    private static boolean isStale(JobView job, StaleCode code, Map<String, CodeChange> changes, Printer err) {
        try {
            CodeChange change = code.find(job).orElse(CodeChange.NONE);
            changes.put(job.name(), change);
            return !change.isNone();
        } catch (WorkspaceException unreadable) {
            err.warning(String.valueOf(unreadable.getMessage()));
            return false;
        }
    }
}
