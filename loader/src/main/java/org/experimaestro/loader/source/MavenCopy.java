package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.file.Folders;

/**
 * A copy of a project, in which the project is built. Only files whose content changed are written, so that Maven's
 * own stale checks find the changes since the last build. Confined to the thread that holds the copy's lock.
 */
final class MavenCopy {
    private final Path folder;
    private final Path index;
    private final Path stampFile;

    /**
     * Creates an object for a copy.
     *
     * @param work folder of the copy and of its index
     */
    MavenCopy(Path work) {
        this.folder = work.resolve("project");
        this.index = work.resolve("copied");
        this.stampFile = work.resolve("stamp");
    }

    Path folder() {
        return folder;
    }

    /**
     * Makes the copy equal to the project.
     *
     * @param stamp the versions of the build tools; if they change, the copy and its build results are made anew
     * @return the files that were copied, which differ from the inputs if the user saved a file meanwhile
     */
    MavenInputs synchronize(MavenProject project, MavenInputs inputs, String stamp) throws IOException {
        SortedMap<String, MavenInputs.Input> copied = isIntact(stamp) ? MavenInputs.load(index) : new TreeMap<>();
        if (copied.isEmpty()) {
            Folders.delete(folder);
            Files.createDirectories(folder);
            Files.writeString(stampFile, stamp);
        }
        // The index is missing until the copy is complete, so an interrupted copy begins anew.
        Files.deleteIfExists(index);
        for (String name : copied.keySet()) {
            if (!inputs.files().containsKey(name)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        var files = new TreeMap<String, MavenInputs.Input>();
        for (var entry : inputs.files().entrySet()) {
            String name = entry.getKey();
            MavenInputs.Input before = copied.get(name);
            boolean same =
                    before != null && before.digest().equals(entry.getValue().digest());
            try {
                files.put(name, same ? entry.getValue() : copy(project.base().resolve(name), name));
            } catch (NoSuchFileException deleted) {
                // The user has deleted the file since the inputs were read.
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        var result = new MavenInputs(files);
        result.save(index);
        return result;
    }

    private boolean isIntact(String stamp) throws IOException {
        return Files.isDirectory(folder)
                && CacheFile.find(stampFile).filter(stamp::equals).isPresent();
    }

    private MavenInputs.Input copy(Path from, String name) throws IOException {
        byte[] content = MavenInputs.content(from);
        Path to = folder.resolve(name);
        if (Files.isDirectory(to)) {
            Folders.delete(to);
        }
        Files.createDirectories(to.resolveSibling(""));
        Files.write(to, content);
        return new MavenInputs.Input(content.length, 0, SequenceDigest.of(content));
    }
}
