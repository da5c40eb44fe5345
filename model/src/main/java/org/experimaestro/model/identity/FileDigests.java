package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Digests of what files contain. Found by {@link ServiceLoader}, since digests can be remembered. */
public interface FileDigests {

    /**
     * The digest of a file.
     *
     * @param file a regular file
     * @return the MD5 (RFC 1321) of its bytes
     * @throws IOException if it cannot be read, or changes while it is read
     */
    byte[] md5(Path file) throws IOException;

    /**
     * The digests of this process.
     *
     * @return those that are remembered, if experimaestro-core is on the class path
     */
    static FileDigests find() {
        for (FileDigests digests : ServiceLoader.load(FileDigests.class, FileDigests.class.getClassLoader())) {
            return digests;
        }
        return new ReadDigests();
    }
}
