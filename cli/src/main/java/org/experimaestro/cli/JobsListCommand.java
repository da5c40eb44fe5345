package org.experimaestro.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobFilter;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class JobsListCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Workspace workspace = workdir.view();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        JobsView view = index.view();
        JobFilter filter = options.filter();
        List<JobRow> rows = view.rows(filter);
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        if (json) {
            rows.forEach(row -> out.line(JobTexts.json(row, view)));
        } else if (!rows.isEmpty()) {
            new JobTexts(Instant.now(), ZoneId.systemDefault())
                    .table(rows, view)
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
}
