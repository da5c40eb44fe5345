package org.experimaestro.cli.experiment;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro experiments}. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = "Lists and shows the experiments of a workspace, and cleans them: their runs and jobs.")
@Subcommands({
    ExperimentsListCommand.class,
    ExperimentsShowCommand.class,
    ExperimentsCleanCommand.class,
    ExperimentsPruneCommand.class,
})
public final class ExperimentsCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public ExperimentsCommand() {}
}
