package org.experimaestro.cli.run;

import java.util.concurrent.Callable;
import org.experimaestro.workspace.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs set}. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = {
            "Changes how many jobs a run has at once on its machine.",
            "Jobs that run go on, also where they are more than that."
        },
        footer = {"", "Examples:", "  experimaestro runs set grid --jobs 8"})
final class RunsSetCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            required = true,
            description = "How many jobs run at once from now on.")
    private int jobs;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (jobs < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--jobs': at least 1 job must be able to run, not " + jobs);
        }
        return target.ask("set --jobs of", new RunRequest.Jobs(jobs));
    }
}
