package org.experimaestro.cli.workspace;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.FormerCommandName;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro workspaces}, which lists workspaces and maintains them. */
@Command(
        name = "workspaces",
        mixinStandardHelpOptions = true,
        description =
                "Lists your workspaces, backs one up by its rules, or converts one that an earlier version has written.")
@FormerCommandName("workspace")
@Subcommands({WorkspacesListCommand.class, WorkspacesSyncCommand.class, WorkspaceUpgradeCommand.class})
public final class WorkspacesCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public WorkspacesCommand() {}
}
