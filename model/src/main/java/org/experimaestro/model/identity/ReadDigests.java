package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.base.file.Digests;

/** Digests for which each file is read anew. */
public final class ReadDigests implements FileDigests {
    /** Digests that are not remembered. */
    public ReadDigests() {}

    @Override
    public byte[] md5(Path file) throws IOException {
        return Digests.read(file, Digests.newMd5());
    }
}
