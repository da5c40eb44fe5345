package org.experimaestro.cli.run;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro runs}, which lists runs, and sends requests to one that is under way. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description =
                "Lists, shows, compares and exports runs, gives back their code, tags and notes them, and tells one that is under way what to do: to"
                        + " stop, to pause, to run more or fewer jobs at once, to try a job again.")
@Subcommands({
    RunsListCommand.class,
    RunsShowCommand.class,
    RunsDiffCommand.class,
    RunsExportCommand.class,
    RunsCheckoutCommand.class,
    RunsStopCommand.class,
    RunsPauseCommand.class,
    RunsResumeCommand.class,
    RunsSetCommand.class,
    RunsRetryCommand.class,
    RunsTagCommand.class,
    RunsNoteCommand.class
})
public final class RunsCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public RunsCommand() {}
}
