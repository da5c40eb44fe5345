package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a file. This user is the user with whose rights this process acts (geteuid(2)).
 *
 * <p>A file of the system's administrator is trusted like the user's own, because root needs no file to act as
 * another user. If a file system has no owners, all files are this user's.
 */
public final class FileOwner {
    private static final long ROOT = 0;
    private static final FileOwner NOBODY = new FileOwner(-1, null);

    private static volatile long self = -1;

    private final long number;
    /**
     * The file from which the name is read. The name is read only when needed, because it may be looked up on another
     * host.
     */
    private final @Nullable Path file;

    private FileOwner(long number, @Nullable Path file) {
        this.number = number;
        this.file = file;
    }

    /**
     * Creates an owner from a number that another program printed.
     *
     * @param number the number of the user
     */
    public FileOwner(long number) {
        this(number, null);
    }

    /**
     * Returns the owner of a file.
     *
     * @param file the file; a link is not followed
     * @return its owner
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if its attributes cannot be read
     */
    public static FileOwner of(Path file) throws IOException {
        Object number = attribute(file);
        return number == null ? NOBODY : new FileOwner(((Number) number).longValue(), file);
    }

    /**
     * Returns the number of the user.
     *
     * @return a number; -1 if there are no owners
     */
    public long number() {
        return number;
    }

    /**
     * Returns the name of the user, for messages.
     *
     * @return the name; the number if the system has no name for it, or the file no longer exists
     */
    public String name() {
        if (number == NOBODY.number) {
            return "nobody";
        }
        try {
            return file == null
                    ? Long.toString(number)
                    : Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException vanished) {
            return Long.toString(number);
        }
    }

    /**
     * Returns whether the content of the file can be trusted as if this user had written it.
     *
     * @return true if it belongs to this user, or to root
     * @throws IOException if the system does not report this user
     */
    public boolean isTrusted() throws IOException {
        return number == NOBODY.number || number == ROOT || isThisUser();
    }

    /**
     * Returns whether the file belongs to this user.
     *
     * @return true also if there are no owners
     * @throws IOException if the system does not report this user
     */
    public boolean isThisUser() throws IOException {
        return number == NOBODY.number || number == self();
    }

    private static @Nullable Object attribute(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return null;
        }
    }

    private static long self() throws IOException {
        long known = self;
        if (known < 0) {
            known = readSelf();
            self = known;
        }
        return known;
    }

    /**
     * Returns the second number of the line "Uid:" of {@code /proc/self/status} (proc(5)), elsewhere the owner of a
     * new file.
     */
    private static long readSelf() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            for (String line :
                    Files.readString(status, StandardCharsets.ISO_8859_1).split("\n")) {
                if (line.startsWith("Uid:")) {
                    return Long.parseLong(line.split("\t")[2]);
                }
            }
        }
        Path mine = Files.createTempFile("experimaestro", null);
        try {
            return ((Number) Files.getAttribute(mine, "unix:uid")).longValue();
        } finally {
            Files.deleteIfExists(mine);
        }
    }
}
