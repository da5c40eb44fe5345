package org.experimaestro.cli.run;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs}, which lists runs, and sends requests to one that is under way. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description =
                "Lists, shows and compares runs, tags and notes them, and tells one that is under way what to do: to stop, to"
                        + " run more or fewer jobs at once, to try a job again.",
        subcommands = {
            RunsListCommand.class,
            RunsShowCommand.class,
            RunsDiffCommand.class,
            RunsStopCommand.class,
            RunsSetCommand.class,
            RunsRetryCommand.class,
            RunsTagCommand.class,
            RunsNoteCommand.class
        })
public final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public RunsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Choose a command: list, show, diff, stop, set, retry, tag or note");
    }
}
