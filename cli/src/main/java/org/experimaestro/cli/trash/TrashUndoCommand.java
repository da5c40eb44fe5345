package org.experimaestro.cli.trash;

import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.TrashEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro trash undo}. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = {
            "Moves all jobs and runs of an entry back to their places.",
            "A job that is there again stays as it is, and so does the one in the trash."
        },
        footer = {"", "Examples:", "  experimaestro trash undo", "  experimaestro trash undo debug.yaml"})
final class TrashUndoCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] [ENTRY]",
            arity = "0..2",
            hideParamSyntax = true,
            description = "The entry, or the beginning of its name; by default the last one. Before it, the file of an"
                    + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String name = workdir.takeFileAndAtMostOne(words).orElse("");
        Trash trash = new Trash(workdir.change());
        if (name.isEmpty() && trash.entries().isEmpty()) {
            Printer.err(spec.commandLine()).line("The trash is empty");
            return ExitCode.SOFTWARE;
        }
        boolean isComplete = true;
        try (TrashChange change = trash.change()) {
            for (TrashEntry.Item item : entry(trash, name).items()) {
                try {
                    change.restore(item);
                    Printer.out(spec.commandLine()).line(item.name() + " is back");
                } catch (WorkspaceException refused) {
                    isComplete = false;
                    Printer.err(spec.commandLine()).error(String.valueOf(refused.getMessage()));
                }
            }
        }
        return isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static TrashEntry entry(Trash trash, String name) {
        List<TrashEntry> entries = trash.entries();
        return name.isEmpty() && !entries.isEmpty() ? entries.getLast() : trash.entry(name);
    }
}
