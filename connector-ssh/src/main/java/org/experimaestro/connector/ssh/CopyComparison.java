package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFiles;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of local files with a copy, by content. Confined to one thread.
 *
 * <p>For a job that is not done here, the host may have newer files of an attempt that was not fetched, such as a
 * checkpoint. They are not replaced by older files. But if the host has an attempt that does not exist here, the
 * local folder was deleted and the job has begun anew. Then the host's whole folder is outdated.
 */
final class CopyComparison {
    private static final int MILLIS = 1000;

    private final HostFiles host;
    private final HostDigests digests;
    private final Set<String> outdated = new TreeSet<>();
    private final Map<String, LocalTree.Entry> missing = new TreeMap<>();

    CopyComparison(HostFiles host, HostDigests digests) {
        this.host = host;
        this.digests = digests;
    }

    /**
     * Returns the files to be sent.
     *
     * @param entries the local files, by path
     * @throws IOException if a local file cannot be read
     */
    CopyDifference of(Map<String, LocalTree.Entry> entries)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        Set<String> own = new TreeSet<>();
        entries.forEach((path, entry) -> {
            if (JobFiles.isOwnFolder(path) && entry instanceof LocalTree.Entry.Folder) {
                own.add(path);
            }
        });
        Set<String> digested = new TreeSet<>();
        entries.forEach((path, entry) -> {
            if (entry instanceof LocalTree.Entry.Content content
                    && content.size() <= HostFiles.SMALL
                    && digests.isUnknown(path)) {
                digested.add(path);
            }
        });
        HostFiles.Listing listing = host.find(entries.keySet(), own, digested);
        for (String path : listing.files().keySet()) {
            if (JobFiles.isAttempt(path)
                    && own.contains(JobFiles.ownFolder(JobFiles.jobOf(path)))
                    && !entries.containsKey(path)) {
                outdated.add(JobFiles.jobOf(path));
            }
        }
        compare(entries, listing);
        entries.forEach((path, entry) -> {
            if (isOutdated(path)) {
                missing.put(path, entry);
            }
        });
        return new CopyDifference(missing, outdated);
    }

    private void compare(Map<String, LocalTree.Entry> entries, HostFiles.Listing listing)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        Map<String, LocalTree.Entry.Link> links = new TreeMap<>();
        Map<HostFiles.Found, LocalTree.Entry.Content> sameSize = new LinkedHashMap<>();
        entries.forEach((path, entry) -> {
            HostFiles.Found there = listing.files().get(path);
            if (there == null) {
                missing.put(path, entry);
                return;
            }
            switch (entry) {
                case LocalTree.Entry.Folder folder -> {
                    if (!there.isFolder()) {
                        missing.put(path, folder);
                    }
                }
                case LocalTree.Entry.Link link -> {
                    if (there.isLink()) {
                        links.put(path, link);
                    } else {
                        missing.put(path, link);
                    }
                }
                case LocalTree.Entry.Content content -> {
                    if (!there.isFile() || there.size() != content.size()) {
                        differ(there, content, entries);
                    } else {
                        sameSize.put(there, content);
                    }
                }
            }
        });
        compareLinks(links);
        Map<String, String> there = digests.of(sameSize.keySet(), listing);
        for (Map.Entry<HostFiles.Found, LocalTree.Entry.Content> both : sameSize.entrySet()) {
            HostFiles.Found found = both.getKey();
            if (!isSame(both.getValue(), there.get(found.path()))) {
                differ(found, both.getValue(), entries);
            } else if (found.permissions() != both.getValue().permissions()) {
                missing.put(found.path(), both.getValue());
            }
        }
    }

    private boolean isOutdated(String path) {
        for (int end = path.length(); end > 0 && !outdated.isEmpty(); end = path.lastIndexOf('/', end - 1)) {
            if (outdated.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private void compareLinks(Map<String, LocalTree.Entry.Link> links)
            throws UnreachableException, InterruptedException {
        Map<String, String> targets = host.targets(links.keySet());
        links.forEach((path, link) -> {
            if (!link.target().equals(targets.get(path))) {
                missing.put(path, link);
            }
        });
    }

    private static boolean isSame(LocalTree.Entry.Content content, @Nullable String there) throws IOException {
        try {
            return LocalDigests.of(content.file()).equals(there);
        } catch (NoSuchFileException vanished) {
            // There is nothing to send.
            return true;
        }
    }

    private void differ(HostFiles.Found there, LocalTree.Entry.Content content, Map<String, LocalTree.Entry> entries) {
        String path = there.path();
        if (JobFiles.isAttempt(path)) {
            outdated.add(JobFiles.jobOf(path));
        }
        if (!isKept(there, content, entries)) {
            missing.put(path, content);
        }
    }

    /** Returns whether the host keeps its file. */
    private static boolean isKept(
            HostFiles.Found there, LocalTree.Entry.Content content, Map<String, LocalTree.Entry> entries) {
        String path = there.path();
        String job = unfinishedJob(path, entries);
        if (job == null || !there.isFile()) {
            return false;
        }
        if (JobFiles.isProcess(path) || JobFiles.isMarker(path)) {
            return true;
        }
        return JobFiles.isHosts(path) && there.modified() > content.modified() / MILLIS;
    }

    /** Returns the job that has a file, if its whole folder is sent and it is not done here. */
    private static @Nullable String unfinishedJob(String path, Map<String, LocalTree.Entry> entries) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String folder = path.substring(0, slash);
            if (entries.containsKey(JobFiles.ownFolder(folder))) {
                return entries.containsKey(JobFiles.doneMarker(folder)) ? null : folder;
            }
        }
        return null;
    }
}
