package org.experimaestro.cli.side;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro actions}. */
@Command(
        name = "actions",
        mixinStandardHelpOptions = true,
        description = "Lists the actions that plans have declared, such as the export of a model, and executes them.")
@Subcommands({ActionsListCommand.class, ActionsRunCommand.class})
public final class ActionsCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public ActionsCommand() {}
}
