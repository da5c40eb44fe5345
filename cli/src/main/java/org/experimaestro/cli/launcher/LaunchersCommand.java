package org.experimaestro.cli.launcher;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro launchers}, which shows the places where jobs may run. */
@Command(
        name = "launchers",
        mixinStandardHelpOptions = true,
        description = "Says where a job would run, and why; lists the launchers; writes the launcher file.")
@Subcommands({
    LaunchersFindCommand.class,
    LaunchersExplainCommand.class,
    LaunchersListCommand.class,
    LaunchersGenerateCommand.class
})
public final class LaunchersCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public LaunchersCommand() {}
}
