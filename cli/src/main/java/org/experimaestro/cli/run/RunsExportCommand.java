package org.experimaestro.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.Version;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.exchange.ExchangeFormat;
import org.experimaestro.exchange.ExchangedJob;
import org.experimaestro.exchange.MlflowFormat;
import org.experimaestro.exchange.TensorBoardFormat;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.export.RunExport;
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

/** The command {@code experimaestro runs export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a run as one HTML file, to be sent to somebody: its jobs, failures and tables, which the reader can"
                    + " filter. A browser opens it from a disk, without a server and without a network.",
            "The file is a copy of this time, and says what it leaves out.",
            "Other formats are folders that TensorBoard and MLflow open."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro runs export grid",
            "  experimaestro runs export grid/20261128-120000 --jobs 'k1=0.6..1.2' --output ranking.html",
            "  experimaestro runs export grid --format tensorboard --output logs"
        })
final class RunsExportCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(paramLabel = "RUN", description = RunName.DESCRIPTION)
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write or replace, or the folder to write into. Default, in the current folder:"
                    + " EXPERIMENT-RUN.html, tensorboard, or mlruns.")
    private @Nullable String output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = {
                "html: one file for a browser (the default).",
                "tensorboard: event files, with the metrics over time.",
                "mlflow: a file store, with parameters, tags, and metrics over time."
            })
    private Format format = Format.HTML;

    /** The formats. */
    private enum Format {
        HTML,
        TENSORBOARD,
        MLFLOW
    }

    @Option(
            names = "--jobs",
            paramLabel = "FILTER",
            description = "Only jobs that this filter selects. docs/filter.md has the language.")
    private String jobs = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String named = workdir.takeName(name);
        if (output != null && output.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--output needs the name of a file");
        }
        Workspace workspace = workdir.view();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        JobsView view = index.view();
        RunView run = RunName.find(view, named);
        Filter filter = filter(workspace);
        String told = format == Format.HTML
                ? writeHtml(workspace, index, run, filter)
                : writeFolder(workspace, view, run, filter);
        Printer.out(spec.commandLine()).message(told, " of " + run.folder().qualifiedName());
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        return ExitCode.OK;
    }

    private String writeHtml(Workspace workspace, WorkspaceIndex index, RunView run, Filter filter) {
        Monitored monitored =
                new Monitored(workspace, index, Instant::now, Map.of(), true, Version.text(), Optional.empty());
        RunExport export =
                RunExport.of(monitored, run.folder().experiment(), run.folder().name(), filter);
        Path target = HomeFolder.expand(output == null ? export.fileName() : output);
        write(export, target);
        return target + ": " + jobs(export.size());
    }

    private String writeFolder(Workspace workspace, JobsView view, RunView run, Filter filter) {
        String experiment = run.folder().experiment();
        Filter ofRun = filter.and(Filter.ofRun(experiment, run.folder().name()));
        Set<List<Object>> selected = new HashSet<>();
        for (JobRow row : ofRun.rows(view, Instant.now())) {
            selected.add(List.of(row.job().name(), row.tags()));
        }
        List<JobResults> jobs =
                WorkspaceReader.of(workspace, view)
                        .experiment(experiment)
                        .findRun(run.folder().name())
                        .orElseThrow()
                        .jobs()
                        .stream()
                        .filter(job -> selected.contains(List.of(job.type() + "/" + job.id(), job.tags())))
                        .toList();
        List<ExchangedJob> exchanged = ExchangedJob.of(jobs, Printer.err(spec.commandLine())::warning);
        boolean isMlflow = format == Format.MLFLOW;
        Path target = HomeFolder.expand(output == null ? (isMlflow ? "mlruns" : "tensorboard") : output);
        ExchangeFormat writer = isMlflow ? new MlflowFormat() : new TensorBoardFormat();
        writer.write(experiment, exchanged, target);
        return target + ": " + jobs(exchanged.size());
    }

    private static String jobs(int count) {
        return count + (count == 1 ? " job" : " jobs");
    }

    private Filter filter(Workspace workspace) {
        try {
            return Filter.parse(jobs, jobs.contains("@") ? presets(workspace) : Map.of());
        } catch (WorkspaceException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Map<String, String> presets(Workspace workspace) {
        UserSettings user = UserSettings.current();
        NamedFilters filters = WorkspaceSettings.read(workspace.root(), user).filters(user);
        filters.problems().forEach(Printer.err(spec.commandLine())::warning);
        return filters.texts();
    }

    /** Writes beside the file first: a reader finds the former file, or the whole new one. */
    private static void write(RunExport export, Path target) {
        if (Files.isDirectory(target)) {
            throw WorkspaceException.of("Cannot write the export: it is a folder")
                    .at(target.toString())
                    .advice("name a file in it with --output")
                    .build();
        }
        Path draft = target.resolveSibling(AtomicFile.TEMPORARY + target.getFileName());
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                export.writeTo(out);
            }
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            delete(draft);
            throw WorkspaceException.of("Cannot write the export: " + Failures.reason(failed))
                    .at(target.toString())
                    .cause(failed)
                    .build();
        }
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException left) {
            return; // the folder cannot be written, which is the reason that is told
        }
    }
}
