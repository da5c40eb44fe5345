package org.experimaestro.cli.experiment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments}. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = "Cleans experiments: their runs and jobs.",
        subcommands = {ExperimentsCleanCommand.class, ExperimentsPruneCommand.class})
public final class ExperimentsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the experiments: clean or prune");
    }
}
