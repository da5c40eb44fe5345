package org.experimaestro.cli.job;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.RetryAction;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs retry}. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Has failed jobs tried again by the runs that go on and have them.",
            "Without such a run, prints the command that runs them again, and ends with the exit code 1."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs retry debug.yaml",
            "  experimaestro jobs retry 2804b8d4 78f24450",
            "  experimaestro jobs retry cause=time_limit"
        })
final class JobsRetryCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Parameters(
            paramLabel = "[FILE.yaml] [ID...|FILTER]",
            arity = "0..*",
            hideParamSyntax = true,
            description = "The first digits of jobs' identifiers, or TYPE/DIGITS; or a filter, such as"
                    + " cause=time_limit. Default: all failed jobs that the options select; after a file, those of its"
                    + " experiment.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        FilterOptions.Words given = FilterOptions.split(workdir.takeFile(words));
        List<String> ids = given.ids();
        Workspace workspace = workdir.change();
        JobsView view = WorkspaceIndex.open(workspace).view();
        Map<String, JobFolder> jobs = new LinkedHashMap<>();
        JobSearch.find(workspace, view, ids).forEach(job -> jobs.put(job.name(), job));
        if (ids.isEmpty()) {
            var filter = options.filter(workdir, given.filter());
            view.rows(filter).stream()
                    .filter(row -> row.job().hasFailed())
                    .forEach(row -> jobs.put(row.job().name(), row.job().folder()));
        }
        if (jobs.isEmpty()) {
            Printer.err(spec.commandLine()).line("No failed job of " + workspace + " is like that");
            return ExitCode.OK;
        }
        return retry(new RetryAction(workspace, view), List.copyOf(jobs.values()));
    }

    private int retry(RetryAction action, List<JobFolder> jobs) throws InterruptedException {
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        Set<String> commands = new LinkedHashSet<>();
        boolean[] isComplete = {true};
        action.perform(action.plan(jobs), result -> {
            if (result instanceof ActionResult.Refused refused) {
                isComplete[0] = false;
                boolean hasFailed = refused.job().status() instanceof JobStatus.Failed;
                var command = hasFailed ? action.findCommand(refused.job()) : Optional.<String>empty();
                command.ifPresentOrElse(
                        commands::add,
                        () -> err.error(String.valueOf(refused.reason().getMessage())));
            } else {
                out.line(result.job().name() + " is tried again");
            }
        });
        if (!commands.isEmpty()) {
            err.line("No run goes on that has these jobs; run them again with:");
            commands.forEach(out::line);
        }
        return isComplete[0] ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
