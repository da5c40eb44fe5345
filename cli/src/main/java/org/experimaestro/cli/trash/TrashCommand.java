package org.experimaestro.cli.trash;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro trash}. */
@Command(
        name = "trash",
        mixinStandardHelpOptions = true,
        description = "Lists what was cleaned, moves it back, or deletes it for good.")
@Subcommands({TrashEmptyCommand.class, TrashListCommand.class, TrashUndoCommand.class})
public final class TrashCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public TrashCommand() {}
}
