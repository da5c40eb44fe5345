package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.experimaestro.base.file.OwnFolder;
import org.experimaestro.workspace.JobFiles;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * The local paths of files that a host names. Each is in the folder of a requested job, and is reached from there
 * only through folders: nothing is read or written through a link. Confined to one thread.
 */
final class Places {
    /** The number of links that Linux follows (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private final Path here;
    private final String there;
    private final Set<String> jobs;

    /** The problem of each folder, or an empty text, as found at its first check. */
    private final Map<String, String> looked = new HashMap<>();

    private final Set<String> made = new HashSet<>();

    /**
     * Creates the paths in the folders of jobs.
     *
     * @param here the workspace
     * @param there its path on the host
     * @param jobs the folders, relative to the workspace
     */
    Places(Path here, String there, Collection<String> jobs) {
        this.here = here;
        this.there = there;
        this.jobs = Set.copyOf(jobs);
    }

    /**
     * Returns the local path of a file.
     *
     * @param path relative to the workspace, as the host sent it
     * @return the path here; the folders above it may be missing
     * @throws RefusedFileException if it has no place
     * @throws IOException if the local folders cannot be read
     */
    Path find(String path) throws IOException {
        checkName(path);
        if (!jobs.contains(path)) {
            requireNone(problem(folderOf(path)));
        }
        return resolve(path);
    }

    /**
     * Makes the folder of a file.
     *
     * @param path a path that has a place
     * @return the path here
     * @throws RefusedFileException if there is a link or a file in the folder's place
     * @throws IOException if it cannot be made
     */
    Path prepare(String path) throws IOException {
        Path place = find(path);
        make(folderOf(path));
        return place;
    }

    /**
     * Makes a folder, with its parents.
     *
     * @param folder a folder that has a place
     * @throws RefusedFileException if there is a link or a file in its place
     * @throws IOException if it cannot be made
     */
    void make(String folder) throws IOException {
        if (made.contains(folder)) {
            return;
        }
        Path path = find(folder);
        if (jobs.contains(folder)) {
            requireNone(insideProblem(path));
            Files.createDirectories(path.getParent());
        } else {
            make(folderOf(folder));
        }
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException there) {
            requireNone(kindProblem(folder));
        }
        made.add(folder);
    }

    /**
     * Returns the local target of a link.
     *
     * @param link its path, which has a place, and whose folder exists
     * @param text its target on the host
     * @return the same, except for a path in the workspace of the host
     * @throws RefusedFileException if it does not lead to a file of a job
     */
    Path target(String link, String text) throws IOException {
        Path target;
        try {
            target = text.startsWith(there + "/") ? here.resolve(text.substring(there.length() + 1)) : Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new RefusedFileException("is a link to no path of this machine");
        }
        Path end = follow(resolve(folderOf(link)).resolve(target), new int[1]);
        if (end == null
                || !end.startsWith(WorkspaceLayout.jobs(here).toRealPath())
                || !end.startsWith(here.toRealPath())) {
            throw new RefusedFileException("is a link to " + text + ", which is not in the folder of a job");
        }
        for (Path name : end) {
            if (name.toString().equals(OwnFolder.NAME)) {
                throw new RefusedFileException("is a link to " + text + ", which is a file of ours");
            }
        }
        return target;
    }

    /** Returns the end of a path after following the local links; {@code null} if a later file can change it. */
    private static @Nullable Path follow(Path path, int[] links) throws IOException {
        Path at = path.getRoot();
        for (Path name : path) {
            if (name.toString().equals("..")) {
                if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                    return null;
                }
                at = at.getParent() == null ? at : at.getParent();
            } else if (!name.toString().equals(".")) {
                at = at.resolve(name);
                if (Files.isSymbolicLink(at)) {
                    links[0]++;
                    at = links[0] > MOST_LINKS ? null : follow(at.resolveSibling(Files.readSymbolicLink(at)), links);
                    if (at == null) {
                        return null;
                    }
                }
            }
        }
        return at;
    }

    private void checkName(String path) throws RefusedFileException {
        if (JobFiles.jobOf(path, jobs).isEmpty()) {
            throw new RefusedFileException("is not in the folder of a job that was asked for");
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new RefusedFileException("is not the name of a file in a folder");
            }
            if (isTakenForOurs(name)) {
                throw new RefusedFileException("is a name that some file systems take for that of a folder of ours");
            }
        }
    }

    /**
     * Returns whether a file system may take a name for ours. Those of macOS ignore case, and HFS+ ignores invisible
     * characters (Apple TN1150).
     */
    private static boolean isTakenForOurs(String name) {
        String ours = OwnFolder.NAME;
        if (name.length() < ours.length() || name.equals(ours)) {
            return false;
        }
        StringBuilder seen = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFD)
                .codePoints()
                .filter(each -> !Character.isIdentifierIgnorable(each))
                .forEach(seen::appendCodePoint);
        return seen.toString().toUpperCase(Locale.ROOT).equals(ours.toUpperCase(Locale.ROOT));
    }

    private String problem(String folder) throws IOException {
        String known = looked.get(folder);
        if (known == null) {
            known = jobs.contains(folder) ? insideProblem(resolve(folder)) : problem(folderOf(folder));
            if (known.isEmpty()) {
                known = kindProblem(folder);
            }
            looked.put(folder, known);
        }
        return known;
    }

    private String kindProblem(String folder) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(resolve(folder), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isDirectory()
                    ? ""
                    : "cannot be stored, since " + folder + " is a " + (found.isSymbolicLink() ? "link" : "file")
                            + " here, and a folder there";
        } catch (NoSuchFileException missing) {
            return "";
        }
    }

    private static void requireNone(String problem) throws RefusedFileException {
        if (!problem.isEmpty()) {
            throw new RefusedFileException(problem);
        }
    }

    private String insideProblem(Path job) throws IOException {
        Path existing = job;
        while (!existing.equals(here) && !Files.exists(existing)) {
            existing = existing.resolveSibling("");
        }
        return existing.toRealPath().startsWith(here.toRealPath())
                ? ""
                : "cannot be stored, since its folder leads out of the workspace, by a link";
    }

    private Path resolve(String path) throws RefusedFileException {
        try {
            return here.resolve(path);
        } catch (InvalidPathException invalid) {
            throw new RefusedFileException("cannot be the name of a file on this machine");
        }
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
