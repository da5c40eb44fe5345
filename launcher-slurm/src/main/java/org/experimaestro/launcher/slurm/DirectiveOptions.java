package org.experimaestro.launcher.slurm;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A reader of the names of options in a directive (sbatch(1)). */
final class DirectiveOptions {
    /** The long names of one-letter options. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("A", "account"),
            Map.entry("C", "constraint"),
            Map.entry("D", "chdir"),
            Map.entry("G", "gpus"),
            Map.entry("J", "job-name"),
            Map.entry("L", "licenses"),
            Map.entry("M", "clusters"),
            Map.entry("N", "nodes"),
            Map.entry("S", "core-spec"),
            Map.entry("a", "array"),
            Map.entry("c", "cpus-per-task"),
            Map.entry("d", "dependency"),
            Map.entry("e", "error"),
            Map.entry("i", "input"),
            Map.entry("k", "no-kill"),
            Map.entry("m", "distribution"),
            Map.entry("n", "ntasks"),
            Map.entry("o", "output"),
            Map.entry("p", "partition"),
            Map.entry("q", "qos"),
            Map.entry("t", "time"),
            Map.entry("w", "nodelist"),
            Map.entry("x", "exclude"));

    private DirectiveOptions() {}

    /** Returns the part of a launcher's directive after {@code #SBATCH}, which users may write or leave out. */
    static String text(String directive) {
        return directive.strip().replaceFirst("^#SBATCH\\s+", "");
    }

    /**
     * Returns the options that a directive sets; a line of {@code #SBATCH} may have several.
     *
     * @return long names without hyphens, in the order of the line
     */
    static Set<String> names(String directive) {
        Set<String> names = new LinkedHashSet<>();
        for (String word : text(directive).split("\\s+")) {
            if (word.startsWith("--")) {
                names.add(word.substring(2).split("=", 2)[0]);
            } else if (word.length() > 1 && word.startsWith("-")) {
                names.add(SHORT.getOrDefault(word.substring(1, 2), word.substring(1, 2)));
            }
        }
        return names;
    }
}
