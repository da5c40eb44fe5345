package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.workspace.JobFiles;

/**
 * The script that renames unpacked files into their places. Its argument is the folder of this archive, in which they
 * are below {@code f}. Outdated folders are moved there first. A job's markers come last, so that no process takes a
 * job for done whose files are not there yet. Confined to one thread.
 */
final class PlaceScript {
    /**
     * The greatest length of a line. Today's systems accept command lines of at least 128 KiB; one long name still
     * fits after this.
     */
    private static final int LONGEST_LINE = 60_000;

    private final TreeSet<String> folders = new TreeSet<>();
    private final TreeMap<Target, List<String>> files =
            new TreeMap<>(Comparator.comparingInt(Target::rank).thenComparing(Target::folder));

    private record Target(int rank, String folder) {}

    private final List<String> outdated;

    PlaceScript(Collection<String> outdated) {
        this.outdated = List.copyOf(outdated);
    }

    void addFolder(String path) {
        folders.add(path.isEmpty() ? "." : path);
    }

    void addFile(String path) {
        int slash = path.lastIndexOf('/');
        String folder = slash < 0 ? "." : path.substring(0, slash);
        folders.add(folder);
        int rank = JobFiles.rank(path);
        files.computeIfAbsent(new Target(rank, folder), key -> new ArrayList<>())
                .add(path);
    }

    int count() {
        return files.values().stream().mapToInt(List::size).sum();
    }

    String text() {
        StringBuilder script = new StringBuilder("set -e\n");
        for (int i = 0; i < outdated.size(); i++) {
            String folder = quote("./" + outdated.get(i));
            script.append("if [ -e " + folder + " ]; then mv " + folder + " \"$1\"/outdated-" + i + "; fi\n");
        }
        append(
                script,
                "mkdir -p --",
                folders.stream().map(path -> quote("./" + path)).toList(),
                "");
        files.forEach((target, paths) -> append(
                script,
                "mv -f --",
                paths.stream()
                        .filter(path -> !JobFiles.isProcess(path))
                        .map(path -> "\"$1\"/f/" + quote(path))
                        .toList(),
                " " + quote("./" + target.folder() + "/")));
        files.values().stream()
                .flatMap(List::stream)
                .filter(JobFiles::isProcess)
                .forEach(path -> addIfNew(script, path));
        return script.toString();
    }

    /**
     * Records the process of an attempt, or that there will be none. The first record counts, which may come from a
     * process that just begins there.
     */
    private static void addIfNew(StringBuilder script, String path) {
        String from = "\"$1\"/f/" + quote(path);
        String to = quote("./" + path);
        script.append("ln " + from + " " + to + " 2>/dev/null || [ -e " + to + " ] || mv " + from + " " + to + "\n");
    }

    private static void append(StringBuilder script, String command, List<String> words, String end) {
        int start = script.length();
        for (String word : words) {
            if (script.length() == start) {
                script.append(command);
            }
            script.append(' ').append(word);
            if (script.length() - start > LONGEST_LINE) {
                script.append(end).append('\n');
                start = script.length();
            }
        }
        if (script.length() > start) {
            script.append(end).append('\n');
        }
    }
}
