package org.experimaestro.cli.option;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.text.NearName;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The error messages for a wrong command line: those of picocli, with suggestions for unknown words. */
public final class CommandLineProblem {
    private static final String LABEL = "Error: ";
    private static final String TOO_FEW = "positional parameter at index ";
    private static final String CHOICES = "expected one of [";
    private static final String FOUND = "] (case-insensitive) but was ";

    private static final Map<String, String> TYPES = Map.of(
            "' is not an int", "' is not a whole number, or too large",
            "' is not a long", "' is not a whole number, or too large",
            "' is not a double", "' is not a number");

    private CommandLineProblem() {}

    public static String message(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched);
        }
        // picocli begins some messages with this label, and the printer adds it to each error.
        String message = String.valueOf(wrong.getMessage());
        String text = message.startsWith(LABEL) ? message.substring(LABEL.length()) : message;
        return wrong instanceof MissingParameterException missing && text.startsWith(TOO_FEW)
                ? "Missing required parameters: '"
                        + missing.getMissing().getFirst().paramLabel() + "'"
                : inWords(text);
    }

    /** Returns a message with words in the place of Java's names of types and constants. */
    private static String inWords(String message) {
        int choices = message.indexOf(CHOICES);
        int found = message.indexOf(FOUND, Math.max(0, choices));
        if (choices >= 0 && found >= 0) {
            return message.substring(0, choices) + message.substring(found + FOUND.length()) + " is none of "
                    + message.substring(choices + CHOICES.length(), found).toLowerCase(Locale.ROOT);
        }
        for (Map.Entry<String, String> type : TYPES.entrySet()) {
            if (message.endsWith(type.getKey())) {
                return message.substring(0, message.length() - type.getKey().length()) + type.getValue();
            }
        }
        return message;
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
