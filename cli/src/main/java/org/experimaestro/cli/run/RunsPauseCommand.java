package org.experimaestro.cli.run;

import java.util.concurrent.Callable;
import org.experimaestro.workspace.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code experimaestro runs pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Pauses a run: jobs that run go on, and no other is started until runs resume.",
            "The plan's process stays. If it is stopped, and the plan is run again, the new run is not paused."
        },
        footer = {"", "Examples:", "  experimaestro runs pause grid"})
final class RunsPauseCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Override
    public Integer call() throws InterruptedException {
        return target.ask("pause", new RunRequest.Pause());
    }
}
