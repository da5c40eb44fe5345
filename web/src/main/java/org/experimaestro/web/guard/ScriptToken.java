package org.experimaestro.web.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.web.http.Request;

/** The token of scripts, in a file that only this user can read, until the server ends. Thread-safe. */
public final class ScriptToken implements AutoCloseable {
    private static final String SCHEME = "bearer ";
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");

    private final String token = Secret.make();
    private final Path file;

    private ScriptToken(Path file) {
        this.file = file;
    }

    /**
     * Makes a token and its file. A file of an earlier server at the same port is replaced.
     *
     * @param state the folder of files that one user's processes share
     * @param port the port of the server, which names the file
     * @return the token, to be closed
     * @throws IOException if the folder is not this user's alone, or the file cannot be written
     */
    public static ScriptToken make(Path state, int port) throws IOException {
        ScriptToken made = new ScriptToken(PrivateFolder.make(state, "web").resolve(port + ".token"));
        Files.deleteIfExists(made.file);
        try (SeekableByteChannel file = create(made.file)) {
            file.write(ByteBuffer.wrap((made.token + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        return made;
    }

    /** Makes a file that only its owner can read from its first moment. */
    private static SeekableByteChannel create(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean hasPermissions =
                file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasPermissions
                ? Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(OWNERS))
                : Files.newByteChannel(file, options);
    }

    /**
     * Returns the file.
     *
     * @return a file with the token in its only line
     */
    public Path file() {
        return file;
    }

    /** Returns the token that a request has sent in the header {@code Authorization}. */
    static Optional<String> of(Request request) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    boolean isEqual(String found) {
        return Secret.isEqual(token, found);
    }

    @Override
    public void close() throws IOException {
        // A later server at the same port, of a host that shares this home, may have replaced the file.
        if (Files.exists(file) && Files.readString(file).strip().equals(token)) {
            Files.deleteIfExists(file);
        }
    }
}
