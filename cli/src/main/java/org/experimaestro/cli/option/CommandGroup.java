package org.experimaestro.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing without one of its {@link Subcommands}. */
public abstract class CommandGroup implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates a group for picocli. */
    protected CommandGroup() {}

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Choose a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
