package org.experimaestro.cli.token;

import org.experimaestro.cli.option.CommandGroup;
import org.experimaestro.cli.option.Subcommands;
import picocli.CommandLine.Command;

/** The command {@code experimaestro tokens}. */
@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = "Lists the tokens, of which all jobs of a workspace or a machine share so many.")
@Subcommands({TokensListCommand.class})
public final class TokensCommand extends CommandGroup {
    /** Creates the command for picocli. */
    public TokensCommand() {}
}
