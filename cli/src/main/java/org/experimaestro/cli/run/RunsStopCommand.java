package org.experimaestro.cli.run;

import java.util.concurrent.Callable;
import org.experimaestro.workspace.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code experimaestro runs stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Stops a run, as Ctrl-C does in its terminal: jobs that run go on, and no other is started.",
            "The same run-experiment command goes on from there."
        },
        footer = {"", "Examples:", "  experimaestro runs stop grid"})
final class RunsStopCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Override
    public Integer call() throws InterruptedException {
        return target.ask("stop", new RunRequest.Stop());
    }
}
