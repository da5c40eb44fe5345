package org.experimaestro.cli.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro launchers}, which shows the places where jobs may run. */
@Command(
        name = "launchers",
        mixinStandardHelpOptions = true,
        description = "Says where a job would run, and why; lists the launchers; writes the launcher file.",
        subcommands = {
            LaunchersFindCommand.class,
            LaunchersExplainCommand.class,
            LaunchersListCommand.class,
            LaunchersGenerateCommand.class
        })
public final class LaunchersCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public LaunchersCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do with the launchers: find, explain, list or generate");
    }
}
