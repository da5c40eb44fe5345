package org.experimaestro.cli.job;

import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.view.JobSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs path}. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description = "Prints the folder of a job, and nothing else on the standard output.",
        footer = {"", "Examples:", "  cd \"$(experimaestro jobs path 06ad686d)\""})
public final class JobsPathCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The first digits of the job's identifier, or TYPE/DIGITS; before it, the file of the"
                    + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsPathCommand() {}

    @Override
    public Integer call() {
        String id = workdir.takeFileAndOne(words, "ID");
        Printer.out(spec.commandLine())
                .line(JobSearch.find(workdir.view(), id).path().toString());
        return ExitCode.OK;
    }
}
