package org.experimaestro.workspace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.experimaestro.base.file.Digests;

/**
 * A store of the code from which runs were made: sources of plans and patches of repositories, named by content, so that
 * equal ones are stored once. Thread-safe, also between processes.
 *
 * <p>Other users may write in a workspace, so the content of a file is compared with its name before use.
 */
public final class ProvenanceStore {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    static final String END = ".gz";

    private final Path folder;

    ProvenanceStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Stores a file, unless it is there.
     *
     * @param file a file of any content
     * @return the SHA-256 of the content, in hexadecimal digits
     * @throws IOException if it cannot be read, or cannot be stored
     */
    public String store(Path file) throws IOException {
        return store(() -> Files.newInputStream(file));
    }

    /**
     * Stores a content, unless it is there.
     *
     * @param content the content
     * @return its SHA-256, in hexadecimal digits
     * @throws IOException if it cannot be stored
     */
    public String store(byte[] content) throws IOException {
        return store(() -> new ByteArrayInputStream(content));
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    private String store(Content content) throws IOException {
        MessageDigest sha256 = Digests.newSha256();
        try (InputStream in = new DigestInputStream(content.open(), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String digest = HexFormat.of().formatHex(sha256.digest());
        if (!isIntact(digest)) {
            write(digest, content);
        }
        return digest;
    }

    private void write(String digest, Content content) throws IOException {
        OwnFolders.make(folder.resolveSibling(""), folder);
        // Not by createTempFile: only the owner may read its files, and a workspace may be shared.
        Path temporary = folder.resolve(".tmp-" + UUID.randomUUID());
        try {
            try (InputStream in = content.open();
                    OutputStream out = new GZIPOutputStream(Files.newOutputStream(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                in.transferTo(out);
            }
            Files.move(temporary, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean isIntact(String digest) {
        try {
            unpack(digest, OutputStream.nullOutputStream());
            return true;
        } catch (IOException absentOrDamaged) {
            return false;
        }
    }

    /**
     * Writes a stored content to a new file.
     *
     * @param digest the result of {@link #store}, or any text of a file of the workspace
     * @param file the new file, in a folder that exists
     * @throws NoSuchFileException if it is not in the store
     * @throws FileAlreadyExistsException if the file exists
     * @throws IOException if the content is another one than its name says; or it cannot be read, or not be written
     */
    public void copy(String digest, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            unpack(digest, out);
        } catch (FileAlreadyExistsException exists) {
            throw exists;
        } catch (IOException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }

    private void unpack(String digest, OutputStream out) throws IOException {
        Path stored = path(digest);
        if (!Files.readAttributes(stored, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException(stored + " is no regular file");
        }
        MessageDigest sha256 = Digests.newSha256();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(stored, LinkOption.NOFOLLOW_LINKS))) {
            in.transferTo(new DigestOutputStream(out, sha256));
        }
        if (!HexFormat.of().formatHex(sha256.digest()).equals(digest)) {
            throw new IOException(stored + " has another content than its name says");
        }
    }

    private Path path(String digest) throws IOException {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IOException("\"" + digest + "\" is no SHA-256 in hexadecimal digits");
        }
        return folder.resolve(digest + END);
    }
}
