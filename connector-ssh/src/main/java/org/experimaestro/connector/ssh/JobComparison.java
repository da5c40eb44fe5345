package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFiles;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of the files of jobs on a host with those here: our own files by size and time, because they only grow,
 * and those of tasks, once the job has ended, by content. Confined to one thread.
 */
final class JobComparison {
    private final HostFiles host;
    private final HostDigests digests;
    private final Path here;
    private final Places places;
    private final RefusedFiles refusals;

    /**
     * Creates a comparison.
     *
     * @param host the files of the copy
     * @param digests their digests
     * @param here the workspace
     * @param places the local paths of the files
     * @param refusals receives the files that have no place here
     */
    JobComparison(HostFiles host, HostDigests digests, Path here, Places places, RefusedFiles refusals) {
        this.host = host;
        this.digests = digests;
        this.here = here;
        this.places = places;
        this.refusals = refusals;
    }

    /**
     * Returns the files to be fetched.
     *
     * @param jobs folders of jobs, relative to the workspace
     * @param onlyEnded whether the jobs that have not ended are left alone
     * @throws IOException if local files cannot be read, or folders not be made
     */
    Wanted of(List<String> jobs, boolean onlyEnded)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        HostFiles.Listing listing = host.findJobs(knownMarkers(jobs), onlyEnded);
        Collection<HostFiles.Found> found = withPlaces(listing);
        SortedMap<String, HostFiles.Found> markers = new TreeMap<>(JobFiles.DONE_LAST);
        Set<String> ended = new HashSet<>();
        for (HostFiles.Found file : found) {
            String job = JobFiles.jobOf(file.path());
            // A job that ended during the listing is not listed as a whole: the next time, it is.
            if (isNewMarker(file) && listing.files().containsKey(job)) {
                markers.put(file.path(), file);
                ended.add(job);
            }
        }
        SortedMap<String, HostFiles.Found> files = new TreeMap<>();
        List<HostFiles.Found> sameSize = new ArrayList<>();
        for (HostFiles.Found file : found) {
            boolean hasEnded = JobFiles.jobOf(file.path(), ended).isPresent();
            if (!JobFiles.isOwn(file.path())) {
                if (hasEnded) {
                    addOfTask(file, files, sameSize);
                }
            } else if (isHosts(file.path()) && (hasEnded || !JobFiles.isAnnouncements(file.path()))) {
                // Announcements come with the files of the task, which they name.
                if (file.isFile()) {
                    addIfRenewed(file, listing.now(), files);
                } else if (hasEnded && file.isLink()) {
                    files.put(file.path(), file); // to be refused
                }
            }
        }
        Map<String, String> there = digests.of(sameSize, listing);
        for (HostFiles.Found file : sameSize) {
            if (!isSame(file, there.get(file.path()))) {
                files.put(file.path(), file);
            }
        }
        return new Wanted(files, markers);
    }

    /** Returns the names of the markers that are here, by the folder of the job. */
    private Map<String, Set<String>> knownMarkers(List<String> jobs) throws IOException {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        for (String job : jobs) {
            Set<String> names = new TreeSet<>();
            Path own = here.resolve(JobFiles.ownFolder(job));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(own)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    if (JobFiles.isMarker(JobFiles.ownFolder(job) + "/" + name)) {
                        names.add(name);
                    }
                }
            } catch (NoSuchFileException | NotDirectoryException none) {
                // No marker is here.
            } catch (DirectoryIteratorException unreadable) {
                throw unreadable.getCause();
            }
            known.put(job, names);
        }
        return known;
    }

    private boolean isNewMarker(HostFiles.Found file) {
        return JobFiles.isMarker(file.path()) && file.isFile() && !isHere(file.path());
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

    /** Adds one of our own files: logs and events only grow, and the time of a process is renewed. */
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

    /** Adds a file of a task that has ended. */
    private void addOfTask(HostFiles.Found found, Map<String, HostFiles.Found> files, List<HostFiles.Found> sameSize)
            throws IOException {
        if (found.isFolder()) {
            makeFolder(found.path());
        } else if (found.isFile() && isFileOfSize(here.resolve(found.path()), found.size())) {
            sameSize.add(found);
        } else if (found.isFile() || found.isLink()) {
            files.put(found.path(), found);
        }
    }

    private void makeFolder(String path) throws IOException {
        try {
            places.make(path);
        } catch (RefusedFileException refused) {
            refusals.add(path, refused);
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
}
