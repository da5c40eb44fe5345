package org.experimaestro.cli.job;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.workspace.JobFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs pin}. */
@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = "Pins a job: no command cleans it, nor a job from which it was made.",
        footer = {"", "Examples:", "  experimaestro jobs pin 2804b8d4 --note 'Table 2 of the paper'"})
final class JobsPinCommand implements Callable<Integer> {
    @Mixin
    private final JobArgument argument = new JobArgument();

    @Option(names = "--note", paramLabel = "TEXT", description = "Why it is pinned.")
    private String note = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        JobFolder job = argument.findToChange();
        job.pin().write(note, Instant.now());
        Printer.out(spec.commandLine()).line(job.name() + " is pinned");
        return ExitCode.OK;
    }
}
