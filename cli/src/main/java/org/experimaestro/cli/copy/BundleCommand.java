package org.experimaestro.cli.copy;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro bundle}, for results as one file. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = {
            "Writes results into one file, to archive or publish them, and checks such a file.",
            "Every command that looks at a workspace opens it, as in: experimaestro jobs list --workdir results.zip"
        })
@Subcommands({BundleCreateCommand.class, BundleVerifyCommand.class})
public final class BundleCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public BundleCommand() {}
}
