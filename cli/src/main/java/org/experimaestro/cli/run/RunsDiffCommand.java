package org.experimaestro.cli.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.option.WorkspaceChoice;
import org.experimaestro.cli.output.CauseTexts;
import org.experimaestro.cli.output.ComparisonTexts;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.compare.ComparedValue;
import org.experimaestro.monitor.compare.RunComparison;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SubjectSearch;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code experimaestro runs diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two runs, and shows only what differs: settings, command line, git commit, code, jobs of one run"
                    + " only, tags, outcomes, and the metrics of jobs with equal tags.",
            "The first lines name the first cause for the pairs of jobs with equal types and tags whose metrics or states"
                    + " differ: parameters, then classes and jars, then the host, the launcher, Java and its options."
        },
        footer = {"", "Examples:", "  experimaestro runs diff grid/20261128-120000 grid"})
final class RunsDiffCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 10;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] RUN RUN",
            arity = "2..3",
            hideParamSyntax = true,
            description =
                    RunName.DESCRIPTION + " Before both runs, the file of an experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> names = names();
        Workspace workspace = workdir.view();
        JobsView view = WorkspaceIndex.open(workspace).view();
        List<RunView> runs = SubjectSearch.findAll(names, name -> RunName.find(view, name));
        RunView first = runs.getFirst();
        RunView second = runs.getLast();
        if (first.equals(second)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A comparison needs two runs, and both names are those of "
                            + first.folder().qualifiedName());
        }
        RunComparison comparison = RunComparison.of(workspace, view, first, second, Instant.now());
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            out.line(json(comparison));
        } else if (comparison.isEmpty()) {
            Printer.err(spec.commandLine())
                    .line("The runs " + first.folder().qualifiedName() + " and "
                            + second.folder().qualifiedName() + " differ in nothing that is compared");
        } else {
            print(comparison, out);
        }
        comparison.problems().forEach(Printer.err(spec.commandLine())::warning);
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        return ExitCode.OK;
    }

    /** Returns the names of both runs. A file in the place of a name means its experiment. */
    private List<String> names() {
        List<String> runs = words.size() > 2 ? workdir.takeFile(words) : words;
        if (runs.size() > 2) {
            throw new UnmatchedArgumentException(spec.commandLine(), runs.subList(2, runs.size()));
        }
        return List.of(nameOf(runs.getFirst()), nameOf(runs.getLast()));
    }

    private String nameOf(String run) {
        Optional<WorkspaceChoice> before = workdir.file().map(file -> workdir.choose());
        String name = workdir.takeName(run);
        if (before.isPresent() && !before.get().folder().equals(workdir.choose().folder())) {
            throw WorkspaceException.of(
                            "Cannot compare runs of two workspaces: " + before.get() + " and " + workdir.choose())
                    .advice("choose one for both with --workdir")
                    .build();
        }
        return name;
    }

    private static void print(RunComparison comparison, Printer out) {
        List<String> columns = List.of(
                comparison.first().folder().qualifiedName(),
                comparison.second().folder().qualifiedName());
        comparison.causes().forEach(group -> out.line(CauseTexts.of(group)));
        table("RUN", columns, comparison.description(), out);
        jobs("Only in " + columns.getFirst(), comparison.onlyFirst(), out);
        jobs("Only in " + columns.getLast(), comparison.onlySecond(), out);
        table("TAGS OF", columns, comparison.tags(), out);
        table("OUTCOME OF", columns, comparison.outcomes(), out);
        table("METRIC", columns, ComparisonTexts.rounded(comparison.metrics()), out);
    }

    private static void table(String heading, List<String> columns, List<ComparedValue> values, Printer out) {
        if (!values.isEmpty()) {
            ComparisonTexts.table(heading, columns, values).forEach(out::line);
        }
    }

    private static void jobs(String title, List<String> jobs, Printer out) {
        if (!jobs.isEmpty()) {
            int more = jobs.size() - MOST_SHOWN;
            out.line(title + ": " + jobs.size() + (jobs.size() == 1 ? " job" : " jobs"));
            jobs.stream().limit(MOST_SHOWN).forEach(job -> out.line("  " + job));
            if (more > 0) {
                out.line("  and " + more + " more");
            }
        }
    }

    private static String json(RunComparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "runs",
                List.of(
                        comparison.first().folder().qualifiedName(),
                        comparison.second().folder().qualifiedName()));
        json.put("causes", comparison.causes().stream().map(CauseTexts::json).toList());
        json.put("description", ComparisonTexts.json(comparison.description()));
        json.put("onlyFirst", comparison.onlyFirst());
        json.put("onlySecond", comparison.onlySecond());
        json.put("tags", ComparisonTexts.json(comparison.tags()));
        json.put("outcomes", ComparisonTexts.json(comparison.outcomes()));
        json.put("metrics", ComparisonTexts.json(comparison.metrics()));
        return Json.writeLine(json);
    }
}
