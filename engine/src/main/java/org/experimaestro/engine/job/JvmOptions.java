package org.experimaestro.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.experimaestro.spi.Placement;

/**
 * The options of a job's JVM that come from its requirement. The user's own options are in variables, which a JVM reads before
 * its command line, so that ours would undo them: of ours, those are left out about which the user has said something.
 */
public final class JvmOptions {
    private static final int KIB = 1024;

    /** The variables that a JVM reads options from (java(1); the last one is HotSpot's, and read after the command line). */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private JvmOptions() {}

    /**
     * An option of ours.
     *
     * @param text the option; without spaces and characters that a shell knows
     * @param theirs how options of a user begin that say something about the same
     */
    private record Option(String text, List<String> theirs) {}

    private static List<Option> all(Placement placement) {
        List<Option> options = new ArrayList<>();
        placement
                .heap()
                .ifPresent(bytes -> options.add(
                        new Option("-Xmx" + bytes / KIB + "k", List.of("-Xmx", "-XX:MaxHeapSize", "-XX:MaxRAM"))));
        if (placement.resources().cores() > 0) {
            options.add(new Option(
                    "-XX:ActiveProcessorCount=" + placement.resources().cores(), List.of("-XX:ActiveProcessorCount")));
        }
        return options;
    }

    /**
     * The options: the largest heap, and the number of processors that the JVM sizes its thread pools by.
     *
     * @param placement what the job was given
     * @param environment the environment of its process
     * @return empty if nothing was asked for
     */
    public static List<String> of(Placement placement, Map<String, String> environment) {
        List<String> options = new ArrayList<>();
        for (Option option : all(placement)) {
            if (!isSaid(environment, word -> option.theirs().stream().anyMatch(word::startsWith))) {
                options.add(option.text());
            }
        }
        return options;
    }

    /**
     * Shell commands that set the variable {@code xpm_options} to the options, on a host with an environment of its own.
     *
     * @param placement what the job was given
     * @return lines of a POSIX shell script
     */
    public static String script(Placement placement) {
        StringBuilder script = new StringBuilder("xpm_options=\n");
        List<Option> options = all(placement);
        if (!options.isEmpty()) {
            script.append("xpm_theirs=\"");
            VARIABLES.forEach(variable -> script.append(" ${").append(variable).append("-}"));
            script.append("\"\n");
        }
        for (Option option : options) {
            script.append("case $xpm_theirs in *")
                    .append(String.join("*|*", option.theirs()))
                    .append("*) ;; *) xpm_options=\"$xpm_options ")
                    .append(option.text())
                    .append("\" ;; esac\n");
        }
        return script.toString();
    }

    /**
     * Whether the user has given a JVM such an option.
     *
     * @param environment the environment of its process
     * @param option tells such options from others
     * @return true if one of the variables has one
     */
    public static boolean isSaid(Map<String, String> environment, Predicate<String> option) {
        for (String variable : VARIABLES) {
            for (String word : environment.getOrDefault(variable, "").split("\\s+")) {
                if (option.test(word.replaceFirst("^[\"']+", ""))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Removes the user's options, for a process that is ours alone.
     *
     * @param environment the environment that it is about to get
     */
    public static void removeTheirs(Map<String, String> environment) {
        VARIABLES.forEach(environment::remove);
    }
}
