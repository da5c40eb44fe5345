package org.experimaestro.cli.option;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
        return of(command);
    }

    /**
     * Returns a command with those commands below it that a command line can need: of each group the one that it
     * names, or all if it names none.
     *
     * @param command the object of a command, or its class
     * @param words the words that follow the command
     * @return the model
     */
    public static CommandLine of(Object command, String... words) {
        CommandLine line = new CommandLine(command);
        addCommands(line, command instanceof Class<?> type ? type : command.getClass(), Arrays.asList(words));
        return line;
    }

    private static void addCommands(CommandLine group, Class<?> type, List<String> words) {
        Subcommands commands = type.getAnnotation(Subcommands.class);
        if (commands == null) {
            return;
        }
        for (Class<?> named : commands.value()) {
            if (!words.isEmpty() && name(named).equals(words.getFirst())) {
                add(group, named, words.subList(1, words.size()));
                return;
            }
        }
        for (Class<?> each : commands.value()) {
            add(group, each, List.of());
        }
    }

    private static void add(CommandLine group, Class<?> type, List<String> words) {
        CommandLine line = new CommandLine(type);
        addCommands(line, type, words);
        group.addSubcommand(name(type), line);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
