package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.experimaestro.model.identity.FileDigests;
import org.experimaestro.model.identity.ReadDigests;
import org.jspecify.annotations.Nullable;

/** The content cache: {@link RememberedDigests} of the files that configurations are identified by. Thread-safe. */
public final class DigestCache implements FileDigests {
    private final RememberedDigests remembered;

    /** The digests of this user on this machine. Found as a service. */
    public DigestCache() {
        this.remembered = RememberedDigests.inCache("digests", new ReadDigests()::md5);
    }

    /**
     * Remembered digests.
     *
     * @param file where they are stored; {@code null} for in this process only
     * @param read reads files
     * @param stamps tells whether they have changed
     * @param clock the time
     */
    DigestCache(@Nullable DigestFile file, FileDigests read, RememberedDigests.Stamps stamps, Clock clock) {
        this.remembered = new RememberedDigests(file, read::md5, stamps, clock);
    }

    @Override
    public byte[] md5(Path path) throws IOException {
        return remembered.of(path);
    }
}
