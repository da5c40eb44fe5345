package org.experimaestro.connector.ssh;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFiles;
import org.experimaestro.workspace.JobScripts;

/**
 * A reader of the files of a folder of a host: their attributes, and the targets of links. Paths are relative to the folder, with
 * {@code /}. Each method runs one script, for any number of files. Thread-safe.
 */
final class HostFiles {
    /** The time limit of a script, because the digests of large files take time. */
    private static final Duration LIMIT = Duration.ofHours(2);

    /** The size in bytes of a file whose digest takes less time than another request. */
    static final int SMALL = 1 << 20;

    private static final int RADIX = 16;
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{1,7}) (\\d{1,18}) (-?\\d{1,17}) (.+)");
    private static final Pattern TIME = Pattern.compile("\\d{1,17}");

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
    private static final String LIST = "xargs -0 sh -c '[ $# = 0 ] || exec find \"$@\" " + JobScripts.SKIP_FORMER
            + " ! -name \"" + AtomicFile.TEMPORARY + "*\" -exec stat \"$option\" \"$format\" {} +' sh";
    /** Prints which folder of a job is listed: the whole one if the job has ended, or else ours in it, or none. */
    private static final String FOLDER_OF_JOB = JobScripts.ENDED + """
            folder_of_job() {
              if ended "$1" "$2"; then printf '%s\\n' "$1"; elif [ "$3" != "" ]; then printf '%s\\n' "$3"; fi
            }
            """;

    /**
     * Prints the digests of the regular files among those of its input that have at most {@link #SMALL} bytes, after a line
     * that ends the attributes. A failure is left out: who needs the digest asks for it again.
     */
    private static final String SUM_SMALL = "xargs -0 sh -c '[ $# = 0 ] || exec find \"$@\" -prune -type f ! -size +"
            + HostFiles.SMALL / 512 + " -exec '\"$sum\"' {} +' sh 2>/dev/null";

    private static final String DIGESTS = "digests:";

    private final RemoteShell shell;
    private final String root;

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

        /** Returns a file that was listed before, with all permissions that do not matter. */
        static Found ofFile(String path, long size, long modified) {
            return new Found(path, FILE, size, modified);
        }

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
     * @param digests the SHA-256 of some files, by path
     */
    record Listing(Map<String, Found> files, long now, Map<String, String> digests) {}

    /**
     * Lists files.
     *
     * @param paths of files, folders and links; missing ones are left out
     * @param folders of which the whole content is listed
     * @param digested files of which the digest is wanted with the listing, if they are {@link #SMALL}
     */
    Listing find(Collection<String> paths, Collection<String> folders, Collection<String> digested)
            throws UnreachableException, RefusedException, InterruptedException {
        return listing((paths.isEmpty() ? "" : each(paths, STAT))
                + (folders.isEmpty() ? "" : each(folders, LIST))
                + (digested.isEmpty() ? "" : "echo " + DIGESTS + "\n" + HostDigests.SUM + each(digested, SUM_SMALL)));
    }

    /**
     * Lists the whole content of the folders of jobs that have ended, and Experimaestro's files of the others.
     *
     * @param jobs the names of the markers that are known, by the folder of the job; missing folders are left out
     * @param onlyEnded whether the jobs that have not ended are left out
     */
    Listing findJobs(Map<String, Set<String>> jobs, boolean onlyEnded)
            throws UnreachableException, RefusedException, InterruptedException {
        StringBuilder script = new StringBuilder(FOLDER_OF_JOB).append("{\n");
        jobs.forEach((job, known) -> script.append("folder_of_job ")
                .append(ShellText.quote("./" + job))
                .append(' ')
                .append(ShellText.quote(String.join(" ", known)))
                .append(' ')
                .append(onlyEnded ? "''" : ShellText.quote("./" + JobFiles.ownFolder(job)))
                .append('\n'));
        return listing(script.append("} | tr '\\n' '\\000' | ")
                .append(LIST)
                .append('\n')
                .toString());
    }

    private Listing listing(String commands) throws UnreachableException, RefusedException, InterruptedException {
        Shell.Output output = run(PREPARE + commands);
        // A missing file makes find and stat print an error, and fail.
        String complaint = complaint(output);
        if (!complaint.isEmpty()) {
            throw new RefusedException("Cannot read the files of " + this + ": " + complaint);
        }
        List<String> lines = output.out().lines().toList();
        if (lines.isEmpty() || !TIME.matcher(lines.getFirst()).matches()) {
            throw new RefusedException("Cannot read the files of " + this
                    + ": its date +%s has not printed the time, but " + output.words());
        }
        Map<String, Found> found = new LinkedHashMap<>();
        int end = lines.contains(DIGESTS) ? lines.indexOf(DIGESTS) : lines.size();
        for (String line : lines.subList(1, end)) {
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
        return new Listing(found, Long.parseLong(lines.getFirst()), HostDigests.read(lines.subList(end, lines.size())));
    }

    /** Returns what a script prints on standard error, except that files are missing. */
    static String complaint(Shell.Output output) {
        return String.join(
                " | ",
                output.err()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.contains("No such file or directory"))
                        .toList());
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

    /** Runs a script in the folder. */
    Shell.Output run(String script) throws UnreachableException, InterruptedException {
        return shell.run("cd " + ShellText.quote(root) + " || exit 1\n" + script, LIMIT);
    }

    /** Returns a command with paths as its input, each ended by a character 0. */
    static String each(Collection<String> paths, String command) {
        String end = "end-" + UUID.randomUUID();
        return "tr '\\n' '\\000' <<'" + end + "' | " + command + "\n"
                + paths.stream().map(path -> "./" + path + "\n").collect(Collectors.joining()) + end + "\n";
    }

    /** Returns a path for a command, with {@code ./} in front, so that it is not taken for an option. */
    static String plain(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** Returns the host and the folder, for messages. */
    @Override
    public String toString() {
        return shell.name() + " in " + root;
    }
}
