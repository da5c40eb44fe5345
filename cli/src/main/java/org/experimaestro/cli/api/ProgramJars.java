package org.experimaestro.cli.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.file.Digests;

/** The jars of this program by names that tell their content, so that a host has each of them once. */
final class ProgramJars {
    private ProgramJars() {}

    /**
     * Returns the jars in the order of the class path.
     *
     * @param jars the jars of this installation
     * @return the files by their names on hosts, the SHA-256 with {@code .jar}
     * @throws IOException if one cannot be read
     */
    static Map<String, Path> of(List<Path> jars) throws IOException {
        Map<String, Path> named = new LinkedHashMap<>();
        for (Path jar : jars) {
            named.put(name(jar), jar);
        }
        return named;
    }

    private static String name(Path jar) throws IOException {
        MessageDigest digest = Digests.newSha256();
        digest.update(Files.readAllBytes(jar));
        return HexFormat.of().formatHex(digest.digest()) + ".jar";
    }

    /**
     * Requires that jars have the content that their names tell, because an upgrade may have replaced them since.
     *
     * @param jars the files by their names on hosts
     * @throws IOException if one has another content, or cannot be read
     */
    static void requireUnchanged(Map<String, Path> jars) throws IOException {
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            if (!name(jar.getValue()).equals(jar.getKey())) {
                throw new IOException("Cannot send " + jar.getValue()
                        + ": it has changed since this command began; start the command again");
            }
        }
    }
}
