package org.experimaestro.cli.job;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ReasonTexts;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs why}. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = {
            "Explains why jobs wait or have failed, grouped by reason, with what can be done.",
            "For failed jobs it shows what all of them share and the done jobs do not, such as a host or a tag, if that"
                    + " is hardly a coincidence.",
            "Without an ID, all jobs that the filter and the options select and that neither are done nor run."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs why debug.yaml",
            "  experimaestro jobs why 2804b8d4",
            "  experimaestro jobs why 'state=failed and age<2h' --json"
        })
public final class JobsWhyCommand implements Callable<Integer> {
    private static final Set<JobState> WITH_REASONS = EnumSet.complementOf(EnumSet.of(JobState.DONE, JobState.RUNNING));

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Parameters(
            paramLabel = "[FILE.yaml] [ID…|FILTER]",
            arity = "0..*",
            hideParamSyntax = true,
            description = "The first digits of identifiers, or TYPE/DIGITS; or a filter, such as state=failed. Before"
                    + " them, the file of an experiment: only its jobs, in its workspace.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object a group.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsWhyCommand() {}

    @Override
    public Integer call() {
        FilterOptions.Words given = FilterOptions.split(workdir.takeFile(words));
        List<String> ids = given.ids();
        Workspace workspace = workdir.view();
        JobsView stored = WorkspaceIndex.open(workspace).view();
        JobsView view = SubmittedJobs.addTo(workspace, stored);
        Filter filter = options.filter(workdir, given.filter());
        List<JobView> jobs = ids.isEmpty() ? selected(view, filter) : named(workspace, view, ids);
        Optional<PageView> page = Optional.of(ids.isEmpty() ? page(filter) : page(jobs));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        List<ReasonGroup> groups = ReasonGroup.of(new Reasons(workspace, view)::find, view, jobs);
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            groups.forEach(group -> out.line(Json.writeLine(ReasonTexts.json(group))));
        } else {
            ReasonTexts texts = new ReasonTexts(ZoneId.systemDefault());
            groups.forEach(group -> texts.print(group, view, out));
            if (!ids.isEmpty()) {
                printOthers(jobs, groups, out);
            } else if (groups.isEmpty()) {
                Printer.err(spec.commandLine()).line("None of the " + jobs.size() + " jobs waits or has failed");
            }
        }
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    private static PageView page(Filter filter) {
        Filter unfinished = filter.and(Filter.ofStates(WITH_REASONS));
        return PageView.of(PageScreen.JOBS).with("q", unfinished.toString());
    }

    private static PageView page(List<JobView> jobs) {
        return jobs.size() == 1
                ? JobPage.of(jobs.getFirst().folder())
                : PageView.of(PageScreen.JOBS)
                        .with(
                                "q",
                                Filter.ofValues(
                                                JobField.ID,
                                                jobs.stream()
                                                        .map(job -> job.folder()
                                                                .id()
                                                                .toString())
                                                        .toList())
                                        .toString());
    }

    private static List<JobView> selected(JobsView view, Filter filter) {
        return view.rows(filter).stream().map(JobRow::job).distinct().toList();
    }

    private static List<JobView> named(Workspace workspace, JobsView view, List<String> ids) {
        return JobSearch.find(workspace, view, ids).stream()
                .flatMap(job -> view.find(job.name()).stream())
                .toList();
    }

    /** Prints the named jobs that have no reason, so that each of them has an answer. */
    private static void printOthers(List<JobView> jobs, List<ReasonGroup> groups, Printer out) {
        for (JobView job : jobs) {
            if (groups.stream().noneMatch(group -> group.jobs().contains(job))) {
                out.line(job.name() + " is " + job.words());
                Reasons.ofRemoved(job)
                        .ifPresent(removed -> out.line("  " + removed.subject() + "; " + removed.advice()));
            }
        }
    }
}
