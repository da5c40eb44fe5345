package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@linkplain PrivateFolder private folder} that is checked once, because afterwards only this user can change it.
 * If it is deleted, it is made and checked again. Thread-safe.
 */
public final class CheckedFolder {
    private final Path folder;
    private final String[] below;
    private volatile @Nullable Path checked;

    /**
     * Creates an object for a folder, which is not checked yet.
     *
     * @param folder the folder
     * @param below the names of private folders in it, each in the previous one
     */
    public CheckedFolder(Path folder, String... below) {
        this.folder = folder;
        this.below = below.clone();
    }

    /**
     * Makes the folder, or checks that it is private, unless this object has done so before.
     *
     * @return the last folder
     * @throws IOException as {@link PrivateFolder#make} does, each time until the folder is private
     */
    public Path make() throws IOException {
        Path made = checked;
        if (made == null || !Files.isDirectory(made)) {
            made = PrivateFolder.make(folder, below);
            checked = made;
        }
        return made;
    }
}
