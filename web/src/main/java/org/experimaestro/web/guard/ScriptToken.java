package org.experimaestro.web.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.web.http.Request;

/** The token of scripts, in a file that only this user can read, until the server ends. Thread-safe. */
public final class ScriptToken implements AutoCloseable {
    private static final String SCHEME = "bearer ";

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
        AtomicFile.write(made.file, made.token + "\n");
        return made;
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
        Files.deleteIfExists(file);
    }
}
