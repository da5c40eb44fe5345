package org.experimaestro.cli.job;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TerminalLog;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.monitor.log.JobLog;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs log}. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the process of a job printed: by default its standard output, then its standard error, each"
                    + " under a heading.",
            "With --out or --err alone the bytes are shown as they are, for another program to read.",
            "In a terminal, lines, tabs and colors stay; what else would act on the terminal is shown as escapes."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs log 2804b8d4",
            "  experimaestro jobs log 2804b8d4 --err --attempt 1"
        })
public final class JobsLogCommand implements Callable<Integer> {
    private static final int LAST = 0;

    private final PrintStream output;
    private final boolean isTerminal;

    @Mixin
    private final JobArgument argument = new JobArgument();

    @ArgGroup
    private @Nullable PartOptions part;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the job has ended.")
    private boolean follow;

    @Option(names = "--attempt", paramLabel = "N", description = "Which attempt, from 1. Default: the last one.")
    private int attempt = LAST;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "Only the last lines of each. Default: all.")
    private int lines = -1;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The options that select one of the two logs; at most one of them may be given. */
    private static final class PartOptions {
        @Option(names = "--out", description = "Only the standard output.")
        private boolean out;

        @Option(names = "--err", description = "Only the standard error.")
        private boolean err;
    }

    /** Creates a command that prints to the standard output. */
    JobsLogCommand() {
        this(System.out, Printer.isTerminal());
    }

    public JobsLogCommand(PrintStream output, boolean isTerminal) {
        this.output = output;
        this.isTerminal = isTerminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (attempt < 0 || spec.commandLine().getParseResult().hasMatchedOption("--attempt") && attempt == 0) {
            throw new ParameterException(spec.commandLine(), "Attempts are numbered from 1, not " + attempt);
        }
        if (lines < 0 && spec.commandLine().getParseResult().hasMatchedOption("--lines")) {
            throw new ParameterException(spec.commandLine(), "The number of lines is 0 or more, not " + lines);
        }
        String id = argument.digits();
        Workspace workspace = argument.workspace();
        JobFolder job = JobSearch.find(workspace, id);
        Optional<PageView> page = Optional.of(page(job));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        JobLog log = JobLog.of(job, attempt == LAST ? OptionalInt.empty() : OptionalInt.of(attempt), part());
        if (lines >= 0) {
            log.skipToLast(lines);
        }
        if (!isTerminal) {
            return show(log, job, output);
        }
        int exitCode = showInTerminal(log, job);
        link.show(workspace, page);
        return exitCode;
    }

    private PageView page(JobFolder job) {
        PageView view = JobPage.of(job).with("attempt", attempt == LAST ? "" : Integer.toString(attempt));
        return switch (part()) {
            case BOTH -> view;
            case OUTPUT -> view.with("stream", "out");
            case ERROR -> view.with("stream", "err");
        };
    }

    private int showInTerminal(JobLog log, JobFolder job) throws InterruptedException {
        boolean keepsColors = spec.commandLine().getColorScheme().ansi().enabled();
        try (PrintStream shown = new PrintStream(new TerminalLog(output, keepsColors), false, StandardCharsets.UTF_8)) {
            return show(log, job, shown);
        }
    }

    private int show(JobLog log, JobFolder job, PrintStream shown) throws InterruptedException {
        if (!follow) {
            log.copyTo(shown);
            return ExitCode.OK;
        }
        JobStatus end = log.follow(shown);
        Printer.err(spec.commandLine()).message(job.name() + " ", end(end));
        return ExitCode.OK;
    }

    private JobLog.Part part() {
        if (part != null && part.out) {
            return JobLog.Part.OUTPUT;
        }
        return part != null && part.err ? JobLog.Part.ERROR : JobLog.Part.BOTH;
    }

    private static String end(JobStatus status) {
        return switch (status) {
            case JobStatus.Done done ->
                "is done"
                        + done.duration()
                                .map(took -> " after " + ValueTexts.of(took))
                                .orElse("");
            case JobStatus.Removed removed -> end(removed.done());
            case JobStatus.Failed failed -> JobTexts.failure(failed);
            case JobStatus.Corrupt corrupt -> "cannot be read: " + corrupt.message();
            case JobStatus.New _, JobStatus.Active _ -> "is still " + StateConverter.name(status.state());
        };
    }
}
