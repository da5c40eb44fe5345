package org.experimaestro.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/**
 * A folder of a host, whose files are listed, read and written. All paths are relative to it, with slashes. The host
 * needs a POSIX shell, and nothing of Experimaestro. Thread-safe.
 */
public interface HostFolder {

    /** A receiver of the content of files. */
    @FunctionalInterface
    interface Receiver {

        /**
         * Receives a file.
         *
         * @param path the path of the file
         * @param content its content, which may differ from the listed one if it has changed since; closed by the caller
         * @throws IOException if the content cannot be stored
         */
        void receive(String path, InputStream content) throws IOException;
    }

    /**
     * Returns the absolute path of the folder on the host.
     *
     * @return a path, without links
     */
    String path();

    /**
     * Lists files and folders, with digests. No link is followed.
     *
     * @param paths files and folders, the latter with all their content; missing ones are left out
     * @return the entries by path, without temporary files, and without files that an earlier attempt of a job has left
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if a file cannot be read, or its name has a line break
     * @throws InterruptedException if this thread is interrupted
     */
    SortedMap<String, FolderEntry> list(Collection<String> paths)
            throws UnreachableException, RefusedException, InterruptedException;

    /**
     * Reads files.
     *
     * @param files the files, as they were listed; at most so many bytes of each are read
     * @param receiver receives each file once, in any order; a file that has disappeared is left out
     * @throws UnreachableException if the host does not answer, or the connection is lost
     * @throws IOException if the receiver throws it, or the host sends something else
     * @throws InterruptedException if this thread is interrupted
     */
    void fetch(Map<String, FolderEntry.Content> files, Receiver receiver)
            throws UnreachableException, IOException, InterruptedException;

    /**
     * Sends files and links to the same paths of this folder, unless it has them with the same content. If the connection
     * is lost, nothing of the call is stored. Blocks until all is stored.
     *
     * @param root the folder here
     * @param paths files, links and folders in it; folders with all their content
     * @throws UnreachableException if the host does not answer, or the connection is lost
     * @throws RefusedException if a file cannot be read here, or stored there
     * @throws InterruptedException if this thread is interrupted
     */
    void send(Path root, Collection<String> paths) throws UnreachableException, RefusedException, InterruptedException;

    /**
     * Runs a script in the folder.
     *
     * @param script commands for a POSIX shell
     * @param limit the longest time that it may take
     * @return its output
     * @throws UnreachableException if the host does not answer, or the script takes longer
     * @throws InterruptedException if this thread is interrupted
     */
    Shell.Output run(String script, Duration limit) throws UnreachableException, InterruptedException;
}
