package org.experimaestro.cli.option;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.experimaestro.base.text.NearName;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The error messages for a wrong command line: those of picocli, with suggestions for unknown words. */
public final class CommandLineProblem {
    private static final String LABEL = "Error: ";

    private CommandLineProblem() {}

    public static String message(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched);
        }
        // picocli begins some messages with this label, and the printer adds it to each error.
        String message = String.valueOf(wrong.getMessage());
        return message.startsWith(LABEL) ? message.substring(LABEL.length()) : message;
    }

    /**
     * Returns the advice for an unknown name: the nearest known name, or a list of all.
     *
     * @param name the unknown name
     * @param known the known names
     * @param kind the plural of what the names stand for, such as {@code commands}
     * @return a part of a sentence
     */
    public static String advice(String name, Collection<String> known, String kind) {
        return NearName.advice(name, known).orElseGet(() -> list(known, kind));
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        CommandSpec command = unmatched.getCommandLine().getCommandSpec();
        List<String> words = unmatched.getUnmatched();
        String first = words.getFirst();
        if (unmatched.isUnknownOption()) {
            return unknownOption(first.split("=", 2)[0], command);
        }
        if (!command.subcommands().isEmpty()) {
            return (command.parent() == null ? "there is" : "\"" + command.name() + "\" has") + " no command \"" + first
                    + "\"; " + advice(first, command.subcommands().keySet(), "commands");
        }
        String tooMany = words.size() == 1
                ? "there is one argument too many: \"" + first + "\""
                : "there are " + words.size() + " arguments too many, from \"" + first + "\" on";
        return tooMany
                + Optional.ofNullable(command.findOption("--tags"))
                        .flatMap(option -> TagConverter.advice(words))
                        .map(advice -> "; " + advice)
                        .orElse("");
    }

    private static String unknownOption(String name, CommandSpec command) {
        List<String> known = command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(OptionSpec::longestName)
                .toList();
        // Every other option of one letter is near to an option of one letter.
        boolean isLetter = name.codePointCount(0, name.length()) <= 2;
        return "there is no option \"" + name + "\"; "
                + NearName.advice(name, isLetter ? List.of() : known).orElseGet(() -> options(known, command));
    }

    private static String options(List<String> known, CommandSpec command) {
        boolean passesArguments = command.usageMessage().showEndOfOptionsDelimiterInUsageHelp();
        return list(known, "options")
                + (passesArguments ? "; if it is an argument of the plan, write -- before it" : "");
    }

    private static String list(Collection<String> known, String kind) {
        return known.isEmpty() ? "there are no " + kind : "the " + kind + " are " + String.join(", ", known);
    }
}
