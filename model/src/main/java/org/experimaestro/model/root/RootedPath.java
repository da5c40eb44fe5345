package org.experimaestro.model.root;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.NameCharset;
import org.experimaestro.base.text.Written;
import org.jspecify.annotations.Nullable;

/**
 * A path below a named root. It is identified by the name of the root and the path below it, and used as the absolute
 * path on this host. Paths that are made from it and stay below the root keep the root; all others, including
 * relative paths, are plain. Immutable.
 *
 * <p>The root's folder is looked up when it is needed. Therefore a path can be read, identified and stored on a host
 * where the root is not defined.
 */
public final class RootedPath implements Path, Written {
    private static final String MARK = ":/";

    private final String root;
    private final String rest;

    private RootedPath(String root, String rest) {
        this.root = root;
        this.rest = rest;
    }

    /**
     * Returns whether a text has the form of a path below a named root.
     *
     * @param text any text
     * @return true if it begins with a name ({@link RootPlaces#isName}) and {@code :/}
     */
    public static boolean isWritten(String text) {
        int end = text.indexOf(MARK);
        return end > 0 && RootPlaces.isName(text.substring(0, end));
    }

    /**
     * Reads a path. The root need not be defined.
     *
     * @param text {@code data:/trec/x.tsv}; {@code .}, {@code ..} and doubled slashes are removed
     * @return the path
     * @throws IllegalArgumentException if the text has another form, leads out of the root or cannot be a path; with
     *     the reason
     */
    public static RootedPath parse(String text) {
        if (!isWritten(text)) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no path below a named root: that is the root's name (letters, digits, \"-\" and \"_\"), a colon"
                    + " and a slash, as in data:/trec/x.tsv");
        }
        int end = text.indexOf(MARK);
        String below = text.substring(end + MARK.length());
        if (below.startsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" has the form of a URL, which is no path; a path below a root has one slash, as in data:/trec");
        }
        return new RootedPath(text.substring(0, end), normalized(below, text));
    }

    private static String normalized(String below, String text) {
        List<String> names = new ArrayList<>();
        int start = 0;
        while (start <= below.length()) {
            int slash = below.indexOf('/', start);
            int end = slash < 0 ? below.length() : slash;
            String name = below.substring(start, end);
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    throw new IllegalArgumentException("\"" + text + "\" leads out of its root");
                }
                names.remove(names.size() - 1);
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
            start = end + 1;
        }
        String rest = String.join("/", names);
        try {
            // A text that the charset of file names cannot encode, such as half of a surrogate pair, is not a path.
            String read = Path.of(rest).toString();
            if (read.equals(rest)) {
                return rest;
            }
        } catch (InvalidPathException refused) {
            throw new IllegalArgumentException("\"" + text + "\" cannot be a path: " + refused.getReason(), refused);
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" cannot be a path in the charset of this process, " + NameCharset.name());
    }

    /**
     * Returns the name of the root.
     *
     * @return letters, digits, {@code -} and {@code _}
     */
    public String root() {
        return root;
    }

    /**
     * Returns the path below the root.
     *
     * @return normalized, with slashes and without one at either end; empty for the root itself
     */
    public String rest() {
        return rest;
    }

    /**
     * Returns the path as a user writes it.
     *
     * @return a text that {@link #parse} reads
     */
    @Override
    public String written() {
        return root + MARK + rest;
    }

    /**
     * Returns the path on this host.
     *
     * @return an absolute path of the default file system
     * @throws ConfigException if the root is not defined here
     */
    public Path here() {
        return place().resolve(rest);
    }

    private Path place() {
        Path place = RootPlaces.current().get(root);
        if (place == null) {
            throw ConfigException.of("Cannot use the path " + written() + ": "
                            + RootPlaces.problem(root).orElse(""))
                    .at(PlanLine.current())
                    .advice(RootPlaces.advice(root))
                    .build();
        }
        return place;
    }

    /**
     * Returns a plain path for code that does not handle roots.
     *
     * @param path any path
     * @return for a path below a root, the path on this host in the default file system; otherwise the same path
     * @throws ConfigException if its root is not defined here
     */
    public static Path plain(Path path) {
        return path instanceof RootedPath rooted ? rooted.here() : path;
    }

    /**
     * Returns advice for a failure that comes from mixing paths of two file systems.
     *
     * @param thrown an exception of user code
     * @return a clause, or {@code null} for another failure
     */
    public static @Nullable String advice(Throwable thrown) {
        return thrown instanceof ProviderMismatchException
                ? "a plain path cannot resolve one below a named root: give it the text, path.toString()"
                : null;
    }

    /** Returns a path that was made from this path: as a rooted path if it stays below the root. */
    Path known(Path made) {
        if (!made.isAbsolute()) {
            return made;
        }
        Path place = place();
        Path normalized = made.normalize();
        if (!normalized.startsWith(place)) {
            return made;
        }
        String below = place.relativize(normalized).toString();
        return new RootedPath(root, File.separatorChar == '/' ? below : below.replace(File.separatorChar, '/'));
    }

    @Override
    public FileSystem getFileSystem() {
        return RootedFileSystem.INSTANCE;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public @Nullable Path getRoot() {
        return here().getRoot();
    }

    @Override
    public @Nullable Path getFileName() {
        return here().getFileName();
    }

    @Override
    public @Nullable Path getParent() {
        Path parent = here().getParent();
        return parent == null ? null : known(parent);
    }

    @Override
    public int getNameCount() {
        return here().getNameCount();
    }

    @Override
    public Path getName(int index) {
        return here().getName(index);
    }

    @Override
    public Path subpath(int start, int end) {
        return here().subpath(start, end);
    }

    @Override
    public boolean startsWith(Path other) {
        return here().startsWith(plain(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return here().endsWith(plain(other));
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        return other.isAbsolute() ? other : known(here().resolve(other));
    }

    @Override
    public Path relativize(Path other) {
        return here().relativize(plain(other));
    }

    @Override
    public URI toUri() {
        return here().toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return this;
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return here().toRealPath(options);
    }

    @Override
    public File toFile() {
        return here().toFile();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        return here().register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        int places = here().compareTo(plain(other));
        return places != 0 || equals(other)
                ? places
                : written().compareTo(other instanceof RootedPath rooted ? rooted.written() : "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RootedPath rooted && rooted.root.equals(root) && rooted.rest.equals(rest);
    }

    @Override
    public int hashCode() {
        return 31 * root.hashCode() + rest.hashCode();
    }

    /** Returns the path on this host, because programs open files by the text of their path. */
    @Override
    public String toString() {
        return here().toString();
    }
}
