package org.experimaestro.cli.trash;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro trash}. */
@Command(
        name = "trash",
        mixinStandardHelpOptions = true,
        description = "Lists what was cleaned, moves it back, or deletes it for good.",
        subcommands = {TrashEmptyCommand.class, TrashListCommand.class, TrashUndoCommand.class})
public final class TrashCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the trash: list, undo or empty");
    }
}
