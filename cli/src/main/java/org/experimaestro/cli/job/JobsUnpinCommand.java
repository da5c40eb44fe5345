package org.experimaestro.cli.job;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.workspace.JobFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs unpin}. */
@Command(
        name = "unpin",
        mixinStandardHelpOptions = true,
        description = "Removes the pin of a job.",
        footer = {"", "Examples:", "  experimaestro jobs unpin 2804b8d4"})
final class JobsUnpinCommand implements Callable<Integer> {
    @Mixin
    private final JobArgument argument = new JobArgument();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        JobFolder job = argument.findToChange();
        boolean wasPinned = job.pin().remove();
        Printer.out(spec.commandLine()).line(job.name() + (wasPinned ? " is no longer pinned" : " was not pinned"));
        return ExitCode.OK;
    }
}
