package org.experimaestro.cli.job;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro jobs}, which lists and ends the jobs of a workspace. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description =
                "Lists the jobs of a workspace, shows, explains and compares them, ends, dumps, cleans, pins and notes them.")
@Subcommands({
    JobsListCommand.class,
    JobsShowCommand.class,
    JobsWhyCommand.class,
    JobsDiffCommand.class,
    JobsLogCommand.class,
    JobsPathCommand.class,
    JobsKillCommand.class,
    JobsRetryCommand.class,
    JobsCleanCommand.class,
    JobsPinCommand.class,
    JobsUnpinCommand.class,
    JobsNoteCommand.class,
    JobsDebugCommand.class,
    JobsDumpCommand.class,
})
public final class JobsCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public JobsCommand() {}
}
