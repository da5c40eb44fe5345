package org.experimaestro.cli.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.TableFormat;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.report.ReportJobs;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Failures;
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

/** The command {@code experimaestro table}. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a table for a paper: means of metrics over replicates, with confidence intervals, for the jobs of"
                    + " an experiment's latest run.",
            "Needs nothing but the workspace: no experiment has to run."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro table debug.yaml --rows k1 --columns b --metric map --highest map --over seed",
            "  experimaestro table debug.yaml 'layers=3..5' --rows layers --metric map --over seed --format latex",
            "  experimaestro table debug.yaml --rows k1 --metric map --highest map --over seed --baseline k1=1.2"
        })
public final class TableCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Mixin
    private final LayoutOptions layout = new LayoutOptions();

    @Parameters(
            paramLabel = "[FILE.yaml] [FILTER]",
            arity = "0..*",
            hideParamSyntax = true,
            description = "The file of an experiment: only its jobs, in its workspace. After it, a filter, such as"
                    + " layers=3..5.")
    private List<String> words = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of text, markdown, csv, latex, json, svg. Default: text.")
    private TableFormat format = TableFormat.TEXT;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write or replace. Default: the standard output.")
    private @Nullable String output;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        FilterOptions.Words given = FilterOptions.split(workdir.takeFile(words));
        if (!given.ids().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + given.ids().getFirst() + "\" is neither the file of an experiment nor a filter; name an"
                            + " experiment with --experiment");
        }
        if (output != null && output.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--output needs the name of a file");
        }
        Filter filter = options.filter(workdir, given.filter());
        Workspace workspace = workdir.view();
        JobsView view = WorkspaceIndex.open(workspace).view();
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        ReportJobs found = ReportJobs.of(WorkspaceReader.of(workspace, view), view.rows(filter));
        Optional<PageView> page = Optional.of(page(found, filter));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        write(layout.layout(jobs(found)).compute().to(format));
        if (format != TableFormat.JSON) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    private PageView page(ReportJobs found, Filter filter) {
        int slash = found.run().indexOf('/');
        return layout.page(found.run().substring(0, slash), found.run().substring(slash + 1))
                .with("q", filter.toString());
    }

    private List<JobResults> jobs(ReportJobs found) {
        if (found.others() > 0) {
            Printer.err(spec.commandLine())
                    .line("The table is of the run " + found.run() + "; " + found.others()
                            + " of the selected jobs are of earlier runs: --filter run=NAME selects one");
        }
        return found.jobs();
    }

    private void write(String text) {
        if (output == null) {
            Printer.out(spec.commandLine()).text(text);
            return;
        }
        Path target = HomeFolder.expand(output);
        if (Files.isDirectory(target)) {
            throw WorkspaceException.of("Cannot write the table: it is a folder")
                    .at(target.toString())
                    .advice("name a file in it")
                    .build();
        }
        try {
            Files.writeString(target, text);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write the table: " + Failures.reason(failed))
                    .at(target.toString())
                    .cause(failed)
                    .build();
        }
    }
}
