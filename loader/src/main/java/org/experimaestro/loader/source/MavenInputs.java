package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * The files that a project's build may read, with their digests.
 *
 * <p>Excluded are the files that Maven writes, version control and other hidden folders (except {@code .mvn}), {@code
 * node_modules}, and workspaces. Folders behind links that are not among sources ({@code src}), and files of more
 * than 64 MB are excluded, too.
 *
 * <p>Digests are cached for each project, by size and time, unlike those of files with {@code @Content}. A wrong
 * digest costs a build, not a result, and the list of files is also the copy's table of contents.
 *
 * @param files by path relative to the project's base, with {@code /}
 */
record MavenInputs(SortedMap<String, Input> files) {
    private static final int LARGEST_BYTES = 64 << 20;

    private static final String LARGE = "large";

    /** The age in milliseconds below which a file may change again without another time. */
    private static final long SETTLED_MILLIS = 3_000;

    /**
     * An input file.
     *
     * @param size bytes
     * @param modified milliseconds since 1970; 0 if the time is not reliable
     * @param digest SHA-256 of its content, hexadecimal; {@code large} for a large file that is not copied
     */
    record Input(long size, long modified, String digest) {
        String line(String path) {
            return digest + " " + size + " " + modified + " " + path + "\n";
        }
    }

    /**
     * Reads a project's inputs.
     *
     * @param index the file that caches digests by size and time, so that an unchanged file is not read again
     */
    static MavenInputs read(MavenProject project, Path index) throws IOException {
        return read(project, index, true);
    }

    /**
     * Reads the files that poms name by absolute paths. They are not copied and count by size and time, so they may
     * be large.
     *
     * @param index as for {@link #read(MavenProject, Path)}, another file
     */
    static MavenInputs readInPlace(MavenProject project, Path index) throws IOException {
        return read(project.onlyInPlace(), index, false);
    }

    private static MavenInputs read(MavenProject project, Path index, boolean areCopied) throws IOException {
        Map<String, Input> known = load(index);
        var files = new TreeMap<String, Input>();
        var collector = new Collector(project, known, files, System.currentTimeMillis(), areCopied);
        for (Path tree : project.trees()) {
            Files.walkFileTree(tree, collector);
        }
        for (Path file : Stream.concat(project.parents().stream(), project.files().stream())
                .toList()) {
            Files.walkFileTree(file, collector);
        }
        var inputs = new MavenInputs(files);
        if (!files.equals(known)) {
            inputs.save(index);
        }
        return inputs;
    }

    /** Returns a digest of all names and contents. */
    String digest() {
        var digest = new SequenceDigest();
        files.forEach((name, input) -> {
            digest.add(name).add(input.digest());
            if (input.digest().equals(LARGE)) {
                digest.add(input.size() + " " + input.modified());
            }
        });
        return digest.hex();
    }

    /** Returns the files of an index; empty if it does not exist or is damaged. */
    static SortedMap<String, Input> load(Path index) throws IOException {
        var files = new TreeMap<String, Input>();
        try {
            for (String line : CacheFile.find(index).orElse("").lines().toList()) {
                String[] parts = line.split(" ", 4);
                if (parts.length == 4) {
                    files.put(parts[3], new Input(Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[0]));
                }
            }
        } catch (NumberFormatException e) {
            return new TreeMap<>();
        }
        return files;
    }

    void save(Path index) throws IOException {
        var text = new StringBuilder();
        files.forEach((name, input) -> text.append(input.line(name)));
        Files.createDirectories(index.resolveSibling(""));
        AtomicFile.write(index, text.toString());
    }

    static String name(Path base, Path file) {
        return base.relativize(file).toString().replace('\\', '/');
    }

    private static Input input(Path file, BasicFileAttributes attributes, @Nullable Input known, long now)
            throws IOException {
        long modified = attributes.lastModifiedTime().toMillis();
        if (known != null && known.modified() == modified && known.size() == attributes.size() && modified != 0) {
            return known;
        }
        boolean settled = modified < now - SETTLED_MILLIS;
        return new Input(attributes.size(), settled ? modified : 0, SequenceDigest.of(content(file)));
    }

    /**
     * Returns the content of an input, which was small at the check. Links of the project are followed.
     *
     * @throws java.nio.file.FileSystemException if it is not a regular file any more, or has become too large
     */
    static byte[] content(Path file) throws IOException {
        return BoundedFile.read(file.toRealPath(), LARGEST_BYTES);
    }

    private static Input large(BasicFileAttributes attributes) {
        return new Input(attributes.size(), attributes.lastModifiedTime().toMillis(), LARGE);
    }

    /** A walk over folders and files of the project. */
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final MavenProject project;
        private final Map<String, Input> known;
        private final Map<String, Input> files;
        private final long now;
        private final boolean areCopied;

        Collector(
                MavenProject project, Map<String, Input> known, Map<String, Input> files, long now, boolean areCopied) {
            this.project = project;
            this.known = known;
            this.files = files;
            this.now = now;
            this.areCopied = areCopied;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isInput(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            try {
                add(file, attributes);
            } catch (NoSuchFileException gone) {
                // This is a broken link, or a file that the user has just deleted.
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path file, BasicFileAttributes attributes) throws IOException {
            BasicFileAttributes target =
                    attributes.isSymbolicLink() ? Files.readAttributes(file, BasicFileAttributes.class) : attributes;
            if (attributes.isSymbolicLink()
                    && target.isDirectory()
                    && (project.trees().contains(file) || isAmongSources(file))) {
                Files.walkFileTree(file, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
            }
            boolean isLarge = target.size() > LARGEST_BYTES;
            if (target.isRegularFile() && !(isLarge && areCopied) && Files.isReadable(file)) {
                String name = name(project.base(), file);
                // A name with a line break cannot be a source, and would break the index.
                if (name.indexOf('\n') < 0
                        && !WorkspaceLayout.isOwnFile(file.getFileName().toString())) {
                    files.put(name, isLarge ? large(target) : input(file, target, known.get(name), now));
                }
            }
        }

        /** Skips the file: Maven, run by the same user, cannot read it either, or it was deleted meanwhile. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof AccessDeniedException
                    || failure instanceof NoSuchFileException
                    || failure instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        /** Returns whether a link is among sources. Elsewhere a link may lead to large data. */
        private boolean isAmongSources(Path link) {
            Path fromBase = project.base().relativize(link);
            for (Path name : fromBase) {
                if (name.toString().equals("src")) {
                    return true;
                }
            }
            return false;
        }

        private boolean isInput(Path folder) {
            if (project.trees().contains(folder)) {
                return true;
            }
            String name = folder.getFileName().toString();
            if (name.equals("node_modules") || (name.startsWith(".") && !name.equals(".mvn"))) {
                return false;
            }
            boolean isOutput = name.equals("target") && Files.exists(folder.resolveSibling("pom.xml"));
            boolean isWorkspace = WorkspaceLayout.isWorkspace(folder) && !Files.exists(folder.resolve("pom.xml"));
            return !isOutput && !isWorkspace && !WorkspaceLayout.isWrittenByRuns(folder);
        }
    }
}
