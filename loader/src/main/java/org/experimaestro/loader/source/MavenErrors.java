package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The errors in Maven's output. An error may have several lines, such as the compiler's {@code symbol:} and {@code
 * location:}, which stay together. Maven prints each error twice: once with its label before the first line only,
 * once before each.
 */
final class MavenErrors {
    private static final String LABEL = "[ERROR]";
    private static final String WARNING = "[WARNING]";
    private static final Pattern LATER_LINE = Pattern.compile(" {2,}\\S.*");
    private static final Pattern HELP = Pattern.compile(" ?-> \\[Help \\d+]$");
    private static final Pattern BOILERPLATE =
            Pattern.compile("(-> )?\\[Help \\d+].*|To see the full stack trace.*|Re-run Maven.*|For more information.*"
                    + "|After correcting the problems.*|.*mvn <args> -rf .*|");

    private MavenErrors() {}

    /**
     * Returns the compiler's warnings, each once, in the order of printing. With the option -Werror, the compiler
     * fails on them.
     *
     * @param copy the folder that was built
     * @param project the user's folder, which replaces it in messages
     */
    static List<String> warnings(List<String> output, Path copy, Path project) {
        return output.stream()
                .filter(line -> line.startsWith(WARNING) && line.contains(".java:"))
                .map(line -> line.substring(WARNING.length()).strip().replace(copy.toString(), project.toString()))
                .distinct()
                .toList();
    }

    /**
     * Returns the errors, each once, in the order of printing.
     *
     * @param copy the folder that was built
     * @param project the user's folder, which replaces it in messages
     */
    static List<String> of(List<String> output, Path copy, Path project) {
        List<List<String>> errors = new ArrayList<>();
        boolean open = false;
        for (String line : output) {
            boolean labelled = line.startsWith(LABEL);
            String text = labelled ? line.substring(LABEL.length()) : line;
            boolean later = open
                    && LATER_LINE
                            .matcher(labelled && text.startsWith(" ") ? text.substring(1) : text)
                            .matches();
            if (later) {
                errors.getLast().add("  " + text.strip());
            } else if (labelled) {
                String first = HELP.matcher(text.strip()).replaceFirst("");
                open = !BOILERPLATE.matcher(first).matches();
                if (open) {
                    errors.add(new ArrayList<>(List.of(first)));
                }
            } else {
                open = false;
            }
        }
        var distinct = new LinkedHashSet<String>();
        errors.forEach(error -> distinct.add(String.join("\n", error).replace(copy.toString(), project.toString())));
        return List.copyOf(distinct);
    }
}
