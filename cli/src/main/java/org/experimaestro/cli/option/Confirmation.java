package org.experimaestro.cli.option;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --yes}, and the question without it. Every answer but yes stands for no. */
public final class Confirmation {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-y", "--yes"},
            description = "Do it, and do not ask.")
    private boolean yes;

    /**
     * Asks in a terminal, unless the option is given.
     *
     * @param action the action with its objects, as in {@code end these 3 jobs}
     * @return whether the user wants it
     * @throws ParameterException if there is nobody to ask
     */
    public boolean isGiven(String action) {
        if (yes) {
            return true;
        }
        // Without a terminal, Java 25 has no console, while Java 22 to 24 have a console that is not a terminal.
        Console console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "Add --yes to " + action + ": there is nobody to ask"));
        String answer = console.readLine(
                "%s [y/N] ", action.substring(0, 1).toUpperCase(Locale.ROOT) + action.substring(1) + "?");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
