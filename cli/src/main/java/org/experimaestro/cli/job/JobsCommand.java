package org.experimaestro.cli.job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs}, which lists and ends the jobs of a workspace. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Lists the jobs of a workspace, shows their logs, ends, cleans, pins and notes them.",
        subcommands = {
            JobsCleanCommand.class,
            JobsDebugCommand.class,
            JobsKillCommand.class,
            JobsListCommand.class,
            JobsLogCommand.class,
            JobsNoteCommand.class,
            JobsPinCommand.class,
            JobsRetryCommand.class,
            JobsUnpinCommand.class,
        })
public final class JobsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do with the jobs: clean, debug, kill, list, log, note, pin, retry or unpin");
    }
}
