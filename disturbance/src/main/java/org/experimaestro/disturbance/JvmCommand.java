package org.experimaestro.disturbance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a JVM like this one that ends soon. Its options are those of the script {@code experimaestro}: in a short
 * time, an optimizing compiler and a garbage collector with many threads cost more than they save.
 */
public final class JvmCommand {
    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private JvmCommand() {}

    /**
     * Returns a command line that the caller may extend.
     *
     * @param words what follows the options: more options, a class path, a main class, its arguments
     * @return the words of the command line, from the path of {@code java}
     */
    public static List<String> of(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(words));
        return command;
    }
}
