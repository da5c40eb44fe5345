package org.experimaestro.spi;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** A workspace as another host sees it: shared by a network file system, or copied. Thread-safe. */
public interface HostWorkspace {

    /**
     * Where a file is on the host.
     *
     * @param local an absolute path here, in the workspace
     * @return an absolute path there
     */
    String path(Path local);

    /**
     * Whether the host has the very files of this one.
     *
     * @return false if they have to be sent and fetched
     */
    boolean isShared();

    /**
     * Copies files to the host, unless it has them with the same content. A link that leads out of the workspace is copied as
     * a link: nothing outside is read. Does nothing if the workspace is shared.
     *
     * @param files files and folders, with all that is in them, in the workspace
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if the host cannot store them, with its reason (a full disk, no permission)
     * @throws InterruptedException if this thread is interrupted
     */
    void send(Collection<Path> files) throws UnreachableException, RefusedException, InterruptedException;

    /**
     * Copies our own files of jobs from the host: logs, events, and who runs them; of jobs that have ended all their
     * files, and their markers last. Files that are the same here are not copied. A host writes in the folders of these jobs
     * only: whatever it sends that would be elsewhere, or leads there, is left out. Does nothing if the workspace is shared.
     *
     * @param jobs folders of jobs, here
     * @return for jobs of which something was left out, what and why, as a sentence without its end; by folder
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if a file cannot be stored here
     * @throws InterruptedException if this thread is interrupted
     */
    Map<Path, String> fetch(Collection<Path> jobs) throws UnreachableException, RefusedException, InterruptedException;
}
