package org.experimaestro.cli.side;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro services}. */
@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        description = "Lists the services that plans have declared, such as TensorBoard, and starts and stops them.")
@Subcommands({ServicesListCommand.class, ServicesStartCommand.class, ServicesStopCommand.class, ServicesLogCommand.class
})
public final class ServicesCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public ServicesCommand() {}
}
