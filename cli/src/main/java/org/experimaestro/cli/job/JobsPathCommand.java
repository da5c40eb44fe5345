package org.experimaestro.cli.job;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.output.Printer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs path}. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description = "Prints the folder of a job, and nothing else on the standard output.",
        footer = {"", "Examples:", "  cd \"$(experimaestro jobs path 06ad686d)\""})
public final class JobsPathCommand implements Callable<Integer> {
    @Mixin
    private final JobArgument argument = new JobArgument();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsPathCommand() {}

    @Override
    public Integer call() {
        Printer.out(spec.commandLine()).line(argument.find().path().toString());
        return ExitCode.OK;
    }
}
