package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigException;
import org.experimaestro.base.file.Digests;
import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/** The identity of a file or folder by its content. */
public final class ContentDigest {
    private static final FileDigests DIGESTS = FileDigests.find();

    private ContentDigest() {}

    /**
     * Returns the digest of a file or folder.
     *
     * <p>For a file, the digest is the MD5 of its bytes. For a folder, it covers the files (links followed), sorted
     * by their relative path: for each, the length of the path, the path in UTF-8, and the file's MD5. A first byte
     * distinguishes files from folders.
     *
     * @param path a file or folder
     * @return 16 bytes
     * @throws ConfigException if the path, or a file below it, has no content that can be read
     */
    public static byte[] of(Path path) {
        MessageDigest digest = Digests.newMd5();
        if (attributes(path).isDirectory()) {
            digest.update((byte) 'd');
            digest.update(folder(path));
        } else {
            digest.update((byte) 'f');
            digest.update(file(path, path));
        }
        return digest.digest();
    }

    private static BasicFileAttributes attributes(Path path) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException failed) {
            throw problem(path, ContentProblems.reason(path, failed), "check the path", failed);
        }
        if (!attributes.isDirectory() && !attributes.isRegularFile()) {
            throw problem(path, ContentProblems.NO_FILE, "name a file or a folder", null);
        }
        return attributes;
    }

    private static byte[] file(Path root, Path file) {
        try {
            return DIGESTS.md5(file);
        } catch (IOException failed) {
            String name = file.equals(root) ? "" : root.relativize(file) + ": ";
            throw problem(
                    root,
                    name + ContentProblems.reason(file, failed),
                    "leave it as it is while the plan runs, and make it readable",
                    failed);
        }
    }

    private static byte[] folder(Path folder) {
        ContentTree tree;
        try {
            tree = ContentTree.of(folder);
        } catch (IOException failed) {
            throw problem(folder, ContentProblems.reason(folder, failed), "make it readable", failed);
        }
        List<String> problems = tree.problems();
        if (!problems.isEmpty()) {
            throw problem(
                    folder,
                    ContentProblems.text(problems),
                    "all that is in the folder counts: fetch what is missing, make it readable, or remove it from the folder",
                    null);
        }
        MessageDigest digest = Digests.newMd5();
        for (Map.Entry<String, Path> file : tree.files().entrySet()) {
            byte[] bytes = file.getKey().getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
            digest.update(file(folder, file.getValue()));
        }
        return digest.digest();
    }

    private static ConfigException problem(Path path, String reason, String advice, @Nullable Throwable cause) {
        return ConfigException.of("Cannot identify " + path + " by its content: " + reason)
                .at(PlanLine.current())
                .advice(advice)
                .cause(cause)
                .build();
    }
}
