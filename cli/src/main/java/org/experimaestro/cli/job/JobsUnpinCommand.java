package org.experimaestro.cli.job;

import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.workspace.JobFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs unpin}. */
@Command(
        name = "unpin",
        mixinStandardHelpOptions = true,
        description = "Removes the pin of a job.",
        footer = {"", "Examples:", "  experimaestro jobs unpin 2804b8d4"})
final class JobsUnpinCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The first digits of the job's identifier, or TYPE/DIGITS; before it, the file of the"
                    + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String id = workdir.takeFileAndOne(words, "ID");
        JobFolder job = JobSearch.find(workdir.view(), id);
        boolean wasPinned = job.pin().remove();
        Printer.out(spec.commandLine()).line(job.name() + (wasPinned ? " is no longer pinned" : " was not pinned"));
        return ExitCode.OK;
    }
}
