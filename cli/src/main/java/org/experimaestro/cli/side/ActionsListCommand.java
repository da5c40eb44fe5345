package org.experimaestro.cli.side;

import org.experimaestro.workspace.SideKind;
import picocli.CommandLine.Command;

/** The command {@code experimaestro actions list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the actions of a run, with what became of the last execution of each.",
        footer = {"", "Examples:", "  experimaestro actions list", "  experimaestro actions list grid --json"})
final class ActionsListCommand extends SideListCommand {
    ActionsListCommand() {
        super(SideKind.ACTION);
    }
}
