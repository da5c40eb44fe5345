package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder, links followed, and all problems that prevent an identification of the folder. Confined
 * to one thread.
 */
final class ContentTree extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private ContentTree(Path root) {
        this.root = root;
    }

    static ContentTree of(Path folder) throws IOException {
        ContentTree tree = new ContentTree(folder);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, tree);
        return tree;
    }

    /** Returns the files by their relative paths, with slashes. */
    SortedMap<String, Path> files() {
        return files;
    }

    /**
     * Returns the paths without content that can be read: a part of a sentence for each, in the order of the walk.
     */
    List<String> problems() {
        return problems;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            // A link that was followed has the attributes of its target, so this link is broken.
            problems.add(name(file) + ": " + ContentProblems.ofLink(file));
        } else if (!attributes.isRegularFile()) {
            problems.add(name(file) + ": " + ContentProblems.NO_FILE);
        } else if (isText(root.relativize(file))) {
            files.put(name(file), file);
        } else {
            problems.add(name(file) + ": " + ContentProblems.NO_TEXT);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        problems.add(name(file) + ": "
                + (failure instanceof FileSystemLoopException
                        ? ContentProblems.ofCircle(file)
                        : ContentProblems.reason(file, failure)));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
        if (failure != null) {
            problems.add(name(folder) + ": " + ContentProblems.reason(folder, failure));
        }
        return FileVisitResult.CONTINUE;
    }

    private String name(Path file) {
        String name = root.relativize(file).toString().replace('\\', '/');
        return name.isEmpty() ? "." : name;
    }

    /** Returns whether a name is text: two names that are not could be converted to the same text. */
    private static boolean isText(Path name) {
        try {
            return name.getFileSystem().getPath(name.toString()).equals(name);
        } catch (InvalidPathException unwritable) {
            return false;
        }
    }
}
