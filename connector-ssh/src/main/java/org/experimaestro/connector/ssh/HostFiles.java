package org.experimaestro.connector.ssh;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobScripts;

/**
 * A reader of the files of a folder of a host: their attributes and contents. Paths are relative to the folder, with
 * {@code /}. Each method runs one script, for any number of files. Thread-safe.
 */
final class HostFiles {
    /** The time limit of a script, because the digests of large files take time. */
    private static final Duration LIMIT = Duration.ofHours(2);

    private static final int RADIX = 16;
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{1,7}) (\\d{1,18}) (-?\\d{1,17}) (.+)");
    private static final Pattern TIME = Pattern.compile("\\d{1,17}");
    private static final Pattern DIGEST = Pattern.compile("(\\\\?)([0-9a-f]{64}) [ *](.+)");

    /** The time after a change in which a file may change again without a difference in its time. */
    private static final int SETTLED_SECONDS = 3;

    /**
     * The beginning of each script: the stat of GNU and BusyBox has a format by {@code -c}, that of BSD and macOS by
     * {@code -f}.
     */
    private static final String PREPARE = """
            export LC_ALL=C
            date +%s
            if stat -c %s . >/dev/null 2>&1; then
              option=-c format='%f %s %Y %n'
            else
              option=-f format='%Xp %z %m %N'
            fi
            export option format
            """;

    private static final String STAT = "xargs -0 stat \"$option\" \"$format\"";
    private static final String LIST = "xargs -0 sh -c 'exec find \"$@\" " + JobScripts.SKIP_FORMER + " ! -name \""
            + AtomicFile.TEMPORARY + "*\" -exec stat \"$option\" \"$format\" {} +' sh";
    private static final String SUM =
            "if command -v sha256sum >/dev/null 2>&1; then sum=sha256sum; else sum='shasum -a 256'; fi\n";

    private final RemoteShell shell;
    private final String root;
    private final Map<String, Digest> digests = new ConcurrentHashMap<>();

    /**
     * Creates a reader of the files below a folder.
     *
     * @param shell the host
     * @param root an absolute path there
     */
    HostFiles(RemoteShell shell, String root) {
        this.shell = shell;
        this.root = root;
    }

    /**
     * A file, a folder or a link.
     *
     * @param path relative to the root
     * @param mode its type and permissions, as in {@code st_mode} of stat(2)
     * @param size in bytes
     * @param modified in seconds since 1970, by the clock of the host
     */
    record Found(String path, int mode, long size, long modified) {
        private static final int TYPE = 0170000;
        private static final int FILE = 0100000;
        private static final int FOLDER = 0040000;
        private static final int LINK = 0120000;
        private static final int PERMISSIONS = 0777;

        boolean isFile() {
            return (mode & TYPE) == FILE;
        }

        boolean isFolder() {
            return (mode & TYPE) == FOLDER;
        }

        boolean isLink() {
            return (mode & TYPE) == LINK;
        }

        int permissions() {
            return mode & PERMISSIONS;
        }
    }

    /**
     * A listing of files.
     *
     * @param files by path
     * @param now the time on the host, in seconds since 1970
     */
    record Listing(Map<String, Found> files, long now) {}

    private record Digest(long size, long modified, String text) {}

    /**
     * Lists files.
     *
     * @param paths of files, folders and links; missing ones are left out
     * @param folders of which the whole content is listed
     */
    Listing find(Collection<String> paths, Collection<String> folders)
            throws UnreachableException, RefusedException, InterruptedException {
        return listing(each(paths, STAT) + (folders.isEmpty() ? "" : each(folders, LIST)));
    }

    /** Lists folders and their whole content; missing folders are left out. */
    Listing findBelow(Collection<String> folders) throws UnreachableException, RefusedException, InterruptedException {
        return listing(each(folders, LIST));
    }

    private Listing listing(String commands) throws UnreachableException, RefusedException, InterruptedException {
        Shell.Output output = run(PREPARE + commands);
        // A missing file makes find and stat print an error, and fail.
        String complaint = complaint(output);
        if (!complaint.isEmpty()) {
            throw new RefusedException("Cannot read the files of " + shell.name() + " in " + root + ": " + complaint);
        }
        List<String> lines = output.out().lines().toList();
        if (lines.isEmpty() || !TIME.matcher(lines.getFirst()).matches()) {
            throw new RefusedException("Cannot read the files of " + shell.name() + " in " + root
                    + ": its date +%s has not printed the time, but " + output.words());
        }
        Map<String, Found> found = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new RefusedException("A file of " + shell.name() + " in " + root
                        + " cannot be copied: there is a line end in its name, which ends with \"" + line
                        + "\", or its size or time is absurd");
            }
            String path = plain(matcher.group(4));
            found.put(
                    path,
                    new Found(
                            path,
                            Integer.parseInt(matcher.group(1), RADIX),
                            Long.parseLong(matcher.group(2)),
                            Long.parseLong(matcher.group(3))));
        }
        return new Listing(found, Long.parseLong(lines.getFirst()));
    }

    private static String complaint(Shell.Output output) {
        return String.join(
                " | ",
                output.err()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.contains("No such file or directory"))
                        .toList());
    }

    /**
     * Returns the digests of files.
     *
     * @param files of a listing
     * @param now the time of that listing
     * @return the SHA-256 by path, in hexadecimal digits, without files that were deleted meanwhile
     */
    Map<String, String> digests(Collection<Found> files, long now)
            throws UnreachableException, RefusedException, InterruptedException {
        Map<String, String> known = new LinkedHashMap<>();
        Map<String, Found> unknown = new LinkedHashMap<>();
        for (Found file : files) {
            Digest digest = digests.get(file.path());
            if (digest != null && digest.size() == file.size() && digest.modified() == file.modified()) {
                known.put(file.path(), digest.text());
            } else {
                unknown.put(file.path(), file);
            }
        }
        if (!unknown.isEmpty()) {
            compute(unknown, now, known);
        }
        return known;
    }

    private void compute(Map<String, Found> files, long now, Map<String, String> known)
            throws UnreachableException, RefusedException, InterruptedException {
        Shell.Output output = run("export LC_ALL=C\n" + SUM + each(files.keySet(), "xargs -0 $sum"));
        String complaint = complaint(output);
        if (!complaint.isEmpty()) {
            throw new RefusedException(
                    "Cannot compare the files of " + shell.name() + " in " + root + ": " + complaint);
        }
        output.out().lines().map(DIGEST::matcher).filter(Matcher::matches).forEach(line -> {
            String path = plain(
                    line.group(1).isEmpty() ? line.group(3) : line.group(3).replace("\\\\", "\\"));
            known.put(path, line.group(2));
            Found file = files.get(path);
            if (file != null && file.modified() < now - SETTLED_SECONDS) {
                digests.put(path, new Digest(file.size(), file.modified(), line.group(2)));
            }
        });
    }

    /**
     * Returns the targets of links.
     *
     * @param links paths of links
     * @return the target by path
     */
    Map<String, String> targets(Collection<String> links) throws UnreachableException, InterruptedException {
        Map<String, String> targets = new LinkedHashMap<>();
        if (links.isEmpty()) {
            return targets;
        }
        Shell.Output output = run(each(links, "xargs -0 -n 1 sh -c 'printf \"%s\\n\" \"$(readlink \"$1\")\"' sh"));
        Iterator<String> lines = output.out().lines().iterator();
        for (String link : links) {
            targets.put(link, lines.hasNext() ? lines.next() : "");
        }
        return targets;
    }

    private Shell.Output run(String script) throws UnreachableException, InterruptedException {
        return shell.run("cd " + ShellText.quote(root) + " || exit 1\n" + script, LIMIT);
    }

    /** Returns a command with paths as its input, each ended by a character 0. */
    private static String each(Collection<String> paths, String command) {
        String end = "end-" + UUID.randomUUID();
        return "tr '\\n' '\\000' <<'" + end + "' | " + command + "\n"
                + paths.stream().map(path -> "./" + path + "\n").collect(Collectors.joining()) + end + "\n";
    }

    /** Returns a path for a command, with {@code ./} in front, so that it is not taken for an option. */
    private static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }
}
