package org.experimaestro.cli.job;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.CodeTexts;
import org.experimaestro.cli.output.ComparisonTexts;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.compare.CausePhrases;
import org.experimaestro.monitor.compare.ComparedValue;
import org.experimaestro.monitor.compare.ResultComparison;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two or more jobs, and shows only what differs: the first cause, parameters at any depth, code,"
                    + " host and launcher, metrics, times.",
            "The first cause is the first parameter that differs, of the earliest job that the jobs were made from."
                    + " If the parameters are equal, it is the code, then the host, the launcher, Java and its options."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs diff 2804b8d4 78f24450",
            "  experimaestro jobs diff debug.yaml 2804b8d4 78f24450 06ad686d --json"
        })
public final class JobsDiffCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID ID…",
            arity = "2..*",
            hideParamSyntax = true,
            description = "The first digits of identifiers, or TYPE/DIGITS; before them, the file of the experiment, if"
                    + " its workspace is meant.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsDiffCommand() {}

    @Override
    public Integer call() {
        List<String> ids = workdir.takeFile(words);
        Workspace workspace = workdir.view();
        JobsView view = WorkspaceIndex.open(workspace).view();
        List<JobView> jobs = JobSearch.find(workspace, view, ids).stream()
                .map(job -> view.find(job.name()).orElseThrow())
                .toList();
        if (jobs.size() < 2) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A comparison needs two jobs or more: ID ID…"
                            + (ids.size() < 2
                                    ? ""
                                    : "; all of these are " + jobs.getFirst().name()));
        }
        Optional<PageView> page = Optional.of(PageView.of(PageScreen.COMPARE)
                .with("jobs", jobs.stream().map(view::shortId).toList()));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        ResultComparison comparison = ResultComparison.of(workspace, view.runs(), jobs, Instant.now());
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            out.line(json(comparison));
        } else {
            print(comparison, view, out);
        }
        comparison.problems().forEach(Printer.err(spec.commandLine())::warning);
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    private static void print(ResultComparison comparison, JobsView view, Printer out) {
        List<String> columns = comparison.jobs().stream().map(view::shortId).toList();
        CausePhrases.name(comparison.firstCause()).ifPresent(cause -> out.line("First cause: " + cause));
        if (comparison.parameters().isEmpty()) {
            out.line("All parameters are equal");
        }
        table("PARAMETER", columns, comparison.parameters(), out);
        for (int i = 0; i < columns.size(); i++) {
            CodeChange change = comparison.code().get(i);
            if (!change.isNone()) {
                out.line("Code of " + columns.get(i) + ": other " + CausePhrases.code(change));
            }
        }
        table("ENVIRONMENT", columns, comparison.environment(), out);
        table("METRIC", columns, ComparisonTexts.rounded(comparison.metrics()), out);
        table("RESULT", columns, comparison.results(), out);
    }

    private static void table(String heading, List<String> columns, List<ComparedValue> values, Printer out) {
        if (!values.isEmpty()) {
            ComparisonTexts.table(heading, columns, values).forEach(out::line);
        }
    }

    private static String json(ResultComparison comparison) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("jobs", comparison.jobs().stream().map(JobView::name).toList());
        json.put("firstCause", CausePhrases.name(comparison.firstCause()).orElse(null));
        json.put("parameters", ComparisonTexts.json(comparison.parameters()));
        json.put("code", comparison.code().stream().map(CodeTexts::json).toList());
        json.put("environment", ComparisonTexts.json(comparison.environment()));
        json.put("metrics", ComparisonTexts.json(comparison.metrics()));
        json.put("results", ComparisonTexts.json(comparison.results()));
        return Json.writeLine(json);
    }
}
