package org.experimaestro.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code experimaestro runs}: tells a run that is under way what to do. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description =
                "Tells a run that is under way what to do: to stop, to run more or fewer jobs at once, to try a job again.",
        subcommands = {RunsStopCommand.class, RunsSetCommand.class, RunsRetryCommand.class})
public final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command. */
    public RunsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what the run is to do: stop, set or retry");
    }
}
