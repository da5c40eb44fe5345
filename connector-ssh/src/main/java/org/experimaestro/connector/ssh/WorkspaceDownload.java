package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFiles;
import org.jspecify.annotations.Nullable;

/**
 * A download of the files that jobs have written on a host: first a listing, then the changed files as one archive.
 * If a job has ended since the last download, all of its files are compared. Its markers are put into their places
 * after everything else. Confined to one thread.
 */
final class WorkspaceDownload {
    private static final Duration LIMIT = Duration.ofDays(1);

    /**
     * The number of rounds, because files come and go while jobs run. A file that is always listed, and never
     * arrives, cannot be read.
     */
    private static final int ROUNDS = 3;

    private static final String GET = """
            export LC_ALL=C
            if tar --null -cf /dev/null -T /dev/null 2>/dev/null; then
              tr '\\n' '\\000' | tar --null -cf - -T -
            else
              tar -cf - -T -
            fi
            """;

    private final RemoteShell shell;
    private final HostFiles host;
    private final Path here;
    private final String there;
    private final List<String> jobs;
    private final RefusedFiles refusals;
    private Places places;

    /**
     * Creates a download.
     *
     * @param jobs folders of jobs, relative to the workspace
     * @param refusals receives the files that have no place here
     */
    WorkspaceDownload(
            RemoteShell shell, HostFiles host, Path here, String there, List<String> jobs, RefusedFiles refusals) {
        this.shell = shell;
        this.host = host;
        this.here = here;
        this.there = there;
        this.jobs = jobs;
        this.refusals = refusals;
        this.places = new Places(here, there, jobs);
    }

    /**
     * Fetches the changed files.
     *
     * @return the number of files and links that were stored
     */
    int fetch() throws UnreachableException, RefusedException, InterruptedException {
        int count = 0;
        String complaint = "";
        SortedSet<String> missing = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            places = new Places(here, there, jobs);
            Wanted wanted = wanted();
            if (wanted.isEmpty()) {
                return count;
            }
            try (FetchedFiles files = new FetchedFiles(places, refusals)) {
                complaint = transfer(wanted, files);
                missing = wanted.missing(files);
                for (String marker : wanted.markers().keySet()) {
                    String folder = JobFiles.jobOf(marker) + "/";
                    if (missing.stream().noneMatch(path -> path.startsWith(folder))) {
                        files.release(marker);
                    }
                }
                count += files.received().size();
            } catch (IOException failed) {
                throw unstorable(failed);
            }
            if (missing.isEmpty()) {
                return count;
            }
        }
        throw new RefusedException(
                "Files of " + shell.name() + " in " + there + " cannot be read: " + missing + ": " + complaint);
    }

    private Wanted wanted() throws UnreachableException, RefusedException, InterruptedException {
        HostFiles.Listing own =
                host.findBelow(jobs.stream().map(JobFiles::ownFolder).toList());
        try {
            Collection<HostFiles.Found> found = withPlaces(own);
            SortedMap<String, HostFiles.Found> markers = new TreeMap<>(JobFiles.DONE_LAST);
            SortedMap<String, HostFiles.Found> files = new TreeMap<>();
            Set<String> ended = new HashSet<>();
            for (HostFiles.Found file : found) {
                if (JobFiles.isMarker(file.path()) && file.isFile() && !isHere(file.path())) {
                    markers.put(file.path(), file);
                    ended.add(JobFiles.jobOf(file.path()));
                }
            }
            for (HostFiles.Found file : found) {
                if (file.isFile() && isHosts(file.path()) && !ended.contains(JobFiles.jobOf(file.path()))) {
                    addIfRenewed(file, own.now(), files);
                }
            }
            if (!ended.isEmpty()) {
                addAllOf(ended, files);
            }
            return new Wanted(files, markers);
        } catch (IOException failed) {
            throw unstorable(failed);
        }
    }

    /** Returns the files that have a place here, and reports the others. */
    private Collection<HostFiles.Found> withPlaces(HostFiles.Listing listing) throws IOException {
        List<HostFiles.Found> found = new ArrayList<>();
        for (HostFiles.Found file : listing.files().values()) {
            try {
                places.find(file.path());
                found.add(file);
            } catch (RefusedFileException refused) {
                refusals.add(file.path(), refused);
            }
        }
        return found;
    }

    private boolean isHere(String path) {
        return Files.exists(here.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Returns whether a file is the host's own: if a batch system restarts a job, the job itself makes the next
     * attempt.
     */
    private boolean isHosts(String path) {
        return JobFiles.isHosts(path) || (JobFiles.isAttempt(path) && !isHere(path));
    }

    /** Adds a file of a job that may still run: its logs and events grow, and the time of its process is renewed. */
    private void addIfRenewed(HostFiles.Found file, long now, Map<String, HostFiles.Found> files) throws IOException {
        Path local = here.resolve(file.path());
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(local, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException notHere) {
            files.put(file.path(), file);
            return;
        }
        if (JobFiles.isProcess(file.path())) {
            // The file is written once. Only its age changes, by the clock of either host.
            FetchedFiles.renew(local, now - file.modified());
        } else if (attributes.size() != file.size()
                || attributes.lastModifiedTime().toMillis() / 1000 != file.modified()) {
            files.put(file.path(), file);
        }
    }

    private void addAllOf(Set<String> ended, Map<String, HostFiles.Found> files)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        HostFiles.Listing all = host.findBelow(ended);
        List<HostFiles.Found> sameSize = new ArrayList<>();
        for (HostFiles.Found found : withPlaces(all)) {
            if (found.isFolder()) {
                makeFolder(found.path());
            } else if (isHosts(found.path())) {
                addUnlessThere(found, all.now(), files, sameSize);
            }
        }
        Map<String, String> hosts = host.digests(sameSize, all.now());
        for (HostFiles.Found found : sameSize) {
            if (!isSame(found, hosts.get(found.path()))) {
                files.put(found.path(), found);
            }
        }
    }

    private void makeFolder(String path) throws IOException {
        try {
            places.make(path);
        } catch (RefusedFileException refused) {
            refusals.add(path, refused);
        }
    }

    private void addUnlessThere(
            HostFiles.Found found, long now, Map<String, HostFiles.Found> files, List<HostFiles.Found> sameSize)
            throws IOException {
        Path local = here.resolve(found.path());
        if (JobFiles.isProcess(found.path()) && isHere(found.path())) {
            FetchedFiles.renew(local, now - found.modified());
        } else if (found.isFile() && isFileOfSize(local, found.size())) {
            sameSize.add(found);
        } else if (found.isFile() || found.isLink()) {
            files.put(found.path(), found);
        }
    }

    private static boolean isFileOfSize(Path local, long size) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(local, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() && attributes.size() == size;
        } catch (NoSuchFileException notHere) {
            return false;
        }
    }

    private boolean isSame(HostFiles.Found found, @Nullable String digest) throws IOException {
        Path local = here.resolve(found.path());
        try {
            if (!LocalDigests.of(local).equals(digest)) {
                return false;
            }
            Files.setPosixFilePermissions(local, Permissions.ofFetched(found.permissions()));
            return true;
        } catch (NoSuchFileException vanished) {
            return false;
        }
    }

    private String transfer(Wanted wanted, FetchedFiles files)
            throws IOException, UnreachableException, InterruptedException {
        StringBuilder list = new StringBuilder();
        wanted.files().keySet().forEach(path -> list.append("./").append(path).append('\n'));
        wanted.markers().keySet().forEach(path -> list.append("./").append(path).append('\n'));
        try {
            return Shell.Output.oneLine(shell.stream(
                            "cd " + quote(there) + " || exit 1\n" + GET,
                            CommandRun.text(list.toString()),
                            stream -> files.store(stream, wanted.all()),
                            LIMIT)
                    .err());
        } catch (StorageException ours) {
            throw ours;
        } catch (IOException cut) {
            throw new UnreachableException(
                    "The connection to " + shell.name() + " was lost while files were fetched: " + cut.getMessage(),
                    cut);
        }
    }

    private RefusedException unstorable(IOException failed) {
        return new RefusedException(
                "Cannot store files of " + shell.name() + " in the workspace " + here + ": " + failed.getMessage());
    }
}
