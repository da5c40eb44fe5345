package org.experimaestro.cli.run;

import java.util.concurrent.Callable;
import org.experimaestro.cli.output.NoteChange;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs note}. */
@Command(
        name = "note",
        mixinStandardHelpOptions = true,
        description = "Adds a note to a run. The last note is a column of runs list.",
        footer = {"", "Examples:", "  experimaestro runs note grid 'with the wrong seed'"})
final class RunsNoteCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Parameters(index = "1", paramLabel = "TEXT", description = "The note.")
    private String text = "";

    @Option(names = "--remove", description = "Remove the notes of this text.")
    private boolean remove;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunFolder run = target.findLast();
        String result = NoteChange.make(Notes.of(run), "The run " + run.qualifiedName(), text, remove);
        Printer.out(spec.commandLine()).line(result);
        return ExitCode.OK;
    }
}
