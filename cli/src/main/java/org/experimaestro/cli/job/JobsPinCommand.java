package org.experimaestro.cli.job;

import java.time.Instant;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs pin}. */
@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = "Pins a job: no command cleans it, nor a job from which it was made.",
        footer = {"", "Examples:", "  experimaestro jobs pin 2804b8d4 --note 'Table 2 of the paper'"})
final class JobsPinCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The first digits of the job's identifier, or TYPE/DIGITS; before it, the file of the"
                    + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Option(names = "--note", paramLabel = "TEXT", description = "Why it is pinned.")
    private String note = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String id = workdir.takeFileAndOne(words, "ID");
        JobFolder job = JobSearch.find(workdir.view(), id);
        job.pin().write(note, Instant.now());
        Printer.out(spec.commandLine()).line(job.name() + " is pinned");
        return ExitCode.OK;
    }
}
