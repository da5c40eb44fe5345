package org.experimaestro.cli.workspace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro workspace}, which maintains a workspace. */
@Command(
        name = "workspace",
        mixinStandardHelpOptions = true,
        description = "Converts a workspace that an earlier version has written.",
        subcommands = WorkspaceUpgradeCommand.class)
public final class WorkspaceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the workspace: upgrade");
    }
}
