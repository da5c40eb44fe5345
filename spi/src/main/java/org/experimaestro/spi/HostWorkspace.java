package org.experimaestro.spi;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** A workspace as another host sees it: shared by a network file system, or copied. Thread-safe. */
public interface HostWorkspace {

    /**
     * Returns the path of a file on the host.
     *
     * @param local an absolute path here, in the workspace
     * @return an absolute path there
     */
    String path(Path local);

    /**
     * Returns whether the host uses the same files as this machine.
     *
     * @return false if files have to be sent and fetched
     */
    boolean isShared();

    /**
     * Copies files to the host, unless it has them with the same content. Blocks until they are copied. A link that
     * leads out of the workspace is copied as a link: nothing outside is read. Does nothing if the workspace is
     * shared.
     *
     * @param files files and folders of the workspace; folders with all their content, also if they are empty. In a folder of
     *     the copy, no other user may write
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if the host cannot store them, with its reason (a full disk, no permission)
     * @throws InterruptedException if this thread is interrupted
     */
    void send(Collection<Path> files) throws UnreachableException, RefusedException, InterruptedException;

    /**
     * Copies Experimaestro's files of jobs from the host: logs, events, and the process of each job. For jobs that
     * have ended, it copies all files, the markers last. Files that are the same here are not copied.
     *
     * <p>A host can write only in the folders of these jobs. A file that would be elsewhere, or a link that leads
     * elsewhere, is left out. Does nothing if the workspace is shared.
     *
     * @param jobs folders of jobs, here
     * @return for jobs with files left out, the files and the reason, as a sentence without its full stop; by folder
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if a file cannot be stored here
     * @throws InterruptedException if this thread is interrupted
     */
    Map<Path, String> fetch(Collection<Path> jobs) throws UnreachableException, RefusedException, InterruptedException;

    /**
     * Copies the files of those jobs that have ended, as {@link #fetch} does, and leaves the others alone. The engine calls it
     * every few seconds while jobs run, so it should cost little as long as none has ended: one request for all jobs.
     *
     * @param jobs folders of jobs, here
     * @return as {@link #fetch}
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if a file cannot be stored here
     * @throws InterruptedException if this thread is interrupted
     */
    Map<Path, String> fetchEnded(Collection<Path> jobs)
            throws UnreachableException, RefusedException, InterruptedException;
}
