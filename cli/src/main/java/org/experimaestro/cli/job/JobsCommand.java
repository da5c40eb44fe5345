package org.experimaestro.cli.job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs}, which lists and ends the jobs of a workspace. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description =
                "Lists the jobs of a workspace, shows, explains and compares them, ends, cleans, pins and notes them.",
        subcommands = {
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
        })
public final class JobsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do with the jobs: list, show, why, diff, log, path, kill, retry, clean, pin, unpin, note or"
                        + " debug");
    }
}
