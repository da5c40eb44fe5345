package org.experimaestro.cli.experiment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments}. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = "Lists and shows the experiments of a workspace, and cleans them: their runs and jobs.",
        subcommands = {
            ExperimentsListCommand.class,
            ExperimentsShowCommand.class,
            ExperimentsCleanCommand.class,
            ExperimentsPruneCommand.class,
        })
public final class ExperimentsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ExperimentsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Choose a command: list, show, clean or prune");
    }
}
