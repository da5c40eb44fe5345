package org.experimaestro.cli.job;

import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.NoteChange;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs note}. */
@Command(
        name = "note",
        mixinStandardHelpOptions = true,
        description = "Adds a note to a job. The notes stay when the job is run again.",
        footer = {"", "Examples:", "  experimaestro jobs note 2804b8d4 'the loss jumps after epoch 3'"})
final class JobsNoteCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID TEXT",
            arity = "2..3",
            hideParamSyntax = true,
            description =
                    "The first digits of the job's identifier, or TYPE/DIGITS, and the note; before them, the file"
                            + " of the experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Option(names = "--remove", description = "Remove the notes of this text.")
    private boolean remove;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> others = workdir.takeFile(words);
        String text = workdir.one(others.subList(Math.min(1, others.size()), others.size()), "TEXT");
        JobFolder job = JobSearch.find(workdir.change(), others.getFirst());
        String result = NoteChange.make(Notes.of(job), job.name(), text, remove);
        Printer.out(spec.commandLine()).line(result);
        return ExitCode.OK;
    }
}
