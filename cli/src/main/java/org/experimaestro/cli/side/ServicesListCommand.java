package org.experimaestro.cli.side;

import org.experimaestro.workspace.SideKind;
import picocli.CommandLine.Command;

/** The command {@code experimaestro services list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the services of a run, with their states and addresses.",
        footer = {"", "Examples:", "  experimaestro services list", "  experimaestro services list grid --json"})
final class ServicesListCommand extends SideListCommand {
    ServicesListCommand() {
        super(SideKind.SERVICE);
    }
}
