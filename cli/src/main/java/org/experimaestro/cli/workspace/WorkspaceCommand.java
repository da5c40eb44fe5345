package org.experimaestro.cli.workspace;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro workspace}, which maintains a workspace. */
@Command(
        name = "workspace",
        mixinStandardHelpOptions = true,
        description = "Converts a workspace that an earlier version has written.")
@Subcommands(WorkspaceUpgradeCommand.class)
public final class WorkspaceCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public WorkspaceCommand() {}
}
