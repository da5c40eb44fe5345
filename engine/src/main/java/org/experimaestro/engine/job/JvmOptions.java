package org.experimaestro.engine.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;

/**
 * The options of a job's JVM that follow from its requirement. The user's own options are in variables. A JVM reads
 * these before its command line, whose options would override them. An option is therefore left out if the user has set
 * the same thing.
 */
public final class JvmOptions {
    private static final int KIB = 1024;

    /**
     * The variables from which a JVM reads options: see java(1). The last one is specific to HotSpot, and read after
     * the command line.
     */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private JvmOptions() {}

    /** The beginnings of a user's options that set the largest heap. */
    private static final List<String> HEAP = List.of("-Xmx", "-XX:MaxHeapSize", "-XX:MaxRAM");

    /**
     * An option that follows from a requirement.
     *
     * @param text the option, without spaces and characters that are special in a shell
     * @param theirs the beginnings of a user's options that set the same thing
     */
    private record Option(String text, List<String> theirs) {}

    private static List<Option> all(Placement placement) {
        List<Option> options = new ArrayList<>();
        placement.heap().ifPresent(bytes -> options.add(new Option("-Xmx" + bytes / KIB + "k", HEAP)));
        if (placement.resources().cores() > 0) {
            options.add(new Option(
                    "-XX:ActiveProcessorCount=" + placement.resources().cores(), List.of("-XX:ActiveProcessorCount")));
        }
        return options;
    }

    /**
     * Returns the options: the largest heap, and the number of processors by which the JVM sizes its thread pools.
     *
     * @param placement the job's placement
     * @param environment the environment of its process
     * @return the options; empty if the placement sets no limits, or the user has set all of them
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
     * Finds the user's own option for the largest heap, for which the requirement's heap does not count.
     *
     * @param placement the job's placement, which may have arguments of the JVM
     * @param environment the environment of its process, as far as it is known here
     * @return the option with its place, such as {@code -Xmx4g in JDK_JAVA_OPTIONS}; empty if there is none
     */
    public static Optional<String> findHeap(Placement placement, Map<String, String> environment) {
        Optional<String> argument = heap(JobOption.JVM.of(placement).orElse(""))
                .map(option -> option + " in the option " + JobOption.JVM.key());
        if (argument.isPresent()) {
            return argument;
        }
        for (String variable : VARIABLES) {
            Optional<String> option = heap(environment.getOrDefault(variable, ""));
            if (option.isPresent()) {
                return option.map(text -> text + " in " + variable);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> heap(String options) {
        for (String word : options.split("\\s+")) {
            String option = word.replaceAll("^[\"']+|[\"']+$", "");
            if (HEAP.stream().anyMatch(option::startsWith)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns shell commands that set the variable {@code xpm_options} to the options, by the environment of the host
     * that runs them.
     *
     * @param placement the job's placement
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
     * Returns whether the user has given a JVM such an option.
     *
     * @param environment the environment of its process
     * @param option a test for such options
     * @return true if one of the variables has such an option
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
     * Returns the variables from which a JVM of this machine reads options, for {@link #of}.
     *
     * @param set the variables that are set for its process, which has those of this process, too
     * @return the values by the names
     */
    public static Map<String, String> variablesHere(Map<String, String> set) {
        Map<String, String> variables = new HashMap<>();
        for (String name : VARIABLES) {
            String value = set.containsKey(name) ? set.get(name) : System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    /**
     * Removes the user's options, for a process that runs none of the user's code.
     *
     * @param environment the environment that the process will get
     */
    public static void removeTheirs(Map<String, String> environment) {
        VARIABLES.forEach(environment::remove);
    }
}
