package org.experimaestro.cli.run;

import java.util.concurrent.Callable;
import org.experimaestro.workspace.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code experimaestro runs resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Starts the jobs of a run again that was paused by runs pause.",
        footer = {"", "Examples:", "  experimaestro runs resume grid"})
final class RunsResumeCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Override
    public Integer call() throws InterruptedException {
        return target.ask("resume", new RunRequest.Resume());
    }
}
