package org.experimaestro.cli.experiment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments}, which shows experiments with all their runs. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = "Shows experiments.",
        subcommands = {ExperimentsShowCommand.class})
public final class ExperimentsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ExperimentsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Choose a command: show");
    }
}
