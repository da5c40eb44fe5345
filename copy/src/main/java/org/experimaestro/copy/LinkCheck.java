package org.experimaestro.copy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.experimaestro.base.file.OwnFolder;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.workspace.JobFiles;

/** The check that entries can be copied: they are files, folders, and links that stay among the files of jobs. */
public final class LinkCheck {
    private LinkCheck() {}

    /**
     * Finds an entry that cannot be copied.
     *
     * @param entries entries by their paths in a workspace
     * @return the first one with the reason, as a clause; empty if all can be copied
     */
    public static Optional<String> findStrange(SortedMap<String, FolderEntry> entries) {
        for (Map.Entry<String, FolderEntry> entry : entries.entrySet()) {
            if (entry.getValue() instanceof FolderEntry.Strange(String reason)) {
                return Optional.of(entry.getKey() + " " + reason);
            }
            if (entry.getValue() instanceof FolderEntry.Link(String text) && leadsOut(entry.getKey(), text)) {
                return Optional.of(entry.getKey() + " is a link to " + text + ", which is in the folder of no job");
            }
        }
        return Optional.empty();
    }

    /** Returns whether a link leads to another place than a task's file of a job, or one of ours beside one of ours. */
    private static boolean leadsOut(String link, String text) {
        if (JobFiles.isOwn(link)) {
            return text.isEmpty() || text.indexOf('/') >= 0 || text.equals("..");
        }
        try {
            Path target = Path.of("/" + link).resolveSibling(text).normalize();
            boolean isOfJob = !Path.of(text).isAbsolute() && target.startsWith("/jobs") && target.getNameCount() > 2;
            for (Path name : target) {
                isOfJob &= !OwnFolder.has(name.toString());
            }
            return !isOfJob;
        } catch (InvalidPathException invalid) {
            return true;
        }
    }
}
