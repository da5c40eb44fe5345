package org.experimaestro.cli.run;

import java.util.concurrent.Callable;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.workspace.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code experimaestro runs retry}. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Tries a job again that has failed in a run, while the run goes on.",
            "The jobs that were skipped because of it wait for it again.",
            "The job runs the code that the plan had when the run began: to run changed code, start the plan again."
        },
        footer = {"", "Examples:", "  experimaestro runs retry grid 2804b8d4"})
final class RunsRetryCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Parameters(
            index = "1",
            paramLabel = "JOB",
            description = "The first digits of the job's identifier, or TYPE/DIGITS.")
    private String job = "";

    @Override
    public Integer call() throws InterruptedException {
        String name = JobSearch.find(target.workspace(), target.find(), job).name();
        return target.ask("try " + name + " again in", new RunRequest.Retry(name));
    }
}
