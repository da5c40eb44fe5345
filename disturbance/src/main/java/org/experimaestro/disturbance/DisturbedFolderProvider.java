package org.experimaestro.disturbance;

import java.nio.file.spi.FileSystemProvider;

/** The provider of the paths of one file system in a process whose other paths are as they were. */
final class DisturbedFolderProvider extends DisturbedProvider {
    DisturbedFolderProvider(DisturbedFileSystem fileSystem, FileSystemProvider inner, Disturbance disturbance) {
        super(fileSystem, inner, disturbance);
    }
}
