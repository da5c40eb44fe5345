package org.experimaestro.cli.option;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of the command line, as picocli's models. A model is made by reflection, and those of all commands take
 * more time than a usual command, so only the commands that a command line names are made.
 */
public final class CommandTree {
    private CommandTree() {}

    /**
     * Returns a command with all commands below it, for their help and for completion.
     *
     * @param command the object of a command, or its class
     * @return the model
     */
    public static CommandLine whole(Object command) {
        CommandLine line = new CommandLine(command);
        for (Class<?> each : commands(type(command))) {
            line.addSubcommand(name(each), whole(each));
        }
        return line;
    }

    /**
     * Returns a command with those commands below it that a command line can need: of each group the one that it
     * names, or those of that group alone if it names none. If there are only options, as {@code --help}, the commands have
     * no options of their own.
     *
     * @param command the object of a command, or its class
     * @param words the words that follow the command
     * @return the model
     */
    public static CommandLine of(Object command, String... words) {
        return of(command, List.of(words));
    }

    private static CommandLine of(Object command, List<String> words) {
        CommandLine line = new CommandLine(command);
        List<Class<?>> commands = commands(type(command));
        int first = 0; // a group has no options with values
        while (first < words.size() && words.get(first).startsWith("-")) {
            first++;
        }
        for (Class<?> each : commands) {
            if (first < words.size() && isNamed(each, words.get(first))) {
                return line.addSubcommand(words.get(first), of(each, words.subList(first + 1, words.size())));
            }
        }
        boolean namesNone = first == words.size();
        commands.forEach(each -> line.addSubcommand(name(each), namesNone ? entry(each) : new CommandLine(each)));
        return line;
    }

    /** Returns a command as the help of its group lists it, without its options. */
    private static CommandLine entry(Class<?> command) {
        Command annotation = command.getAnnotation(Command.class);
        CommandSpec spec = CommandSpec.create().name(annotation.name());
        spec.usageMessage().description(annotation.description()).hidden(annotation.hidden());
        return new CommandLine(spec);
    }

    private static List<Class<?>> commands(Class<?> type) {
        Subcommands commands = type.getAnnotation(Subcommands.class);
        return commands == null ? List.of() : List.of(commands.value());
    }

    private static Class<?> type(Object command) {
        return command instanceof Class<?> type ? type : command.getClass();
    }

    private static boolean isNamed(Class<?> command, String word) {
        FormerCommandName former = command.getAnnotation(FormerCommandName.class);
        return name(command).equals(word) || former != null && former.value().equals(word);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
