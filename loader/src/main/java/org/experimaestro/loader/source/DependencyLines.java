package org.experimaestro.loader.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.PlanException;

/** Reads the {@code //DEPS} lines of a folder's sources. */
final class DependencyLines {
    private static final Pattern LINE = Pattern.compile("^//DEPS\\s+(.*)$");
    /** Ranges hold commas, so that a comma inside brackets does not separate. */
    private static final Pattern WORD = Pattern.compile("(?:[\\[(][^\\])]*[\\])]|[^\\s,;\\[(])+");

    private DependencyLines() {}

    /**
     * All libraries of the folder, in the order of the files' names and of the lines.
     *
     * @throws PlanException listing every word that is no coordinates, and every library asked for in two versions
     */
    static List<DependencyLine> of(SourceFolder folder) {
        List<String> problems = new ArrayList<>();
        Map<String, DependencyLine> lines = new LinkedHashMap<>();
        for (SourceFile source : folder.sources()) {
            List<String> text = source.text().lines().toList();
            for (int i = 0; i < text.size(); i++) {
                Matcher matcher = LINE.matcher(text.get(i));
                if (matcher.matches()) {
                    read(matcher.group(1), source.fileName() + ":" + (i + 1), lines, problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new PlanException(
                    "Cannot read the //DEPS lines:\n  " + String.join("\n  ", problems) + "\n",
                    null,
                    "A library is written group:artifact:version, with :classifier and @type where needed.",
                    null);
        }
        return List.copyOf(lines.values());
    }

    private static void read(String words, String location, Map<String, DependencyLine> lines, List<String> problems) {
        Matcher matcher = WORD.matcher(words);
        while (matcher.find()) {
            String word = matcher.group();
            if (word.startsWith("//") || word.startsWith("#")) {
                return;
            }
            DependencyLine line = DependencyLine.parse(word, location).orElse(null);
            if (line == null) {
                problems.add(location + ": \"" + word + "\" is not group:artifact:version");
                continue;
            }
            DependencyLine earlier = lines.putIfAbsent(line.key(), line);
            if (earlier != null && !earlier.version().equals(line.version())) {
                problems.add(location + ": " + line.coordinates() + " stands at " + earlier.location()
                        + " with version " + earlier.version());
            }
        }
    }
}
