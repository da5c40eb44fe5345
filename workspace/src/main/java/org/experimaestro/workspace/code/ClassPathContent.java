package org.experimaestro.workspace.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.experimaestro.base.file.BoundedFile;
import org.jspecify.annotations.Nullable;

/** The class files in some entries of a class path. Opens each jar once. Confined to one thread. */
final class ClassPathContent implements AutoCloseable {
    /** The largest class file that is read: one has at most 65,535 constants, methods and fields. */
    private static final int MOST_BYTES = 64 << 20;

    private final Map<CodeEntry, ZipFile> jars = new HashMap<>();
    private final Set<CodeEntry> folders = new HashSet<>();

    /**
     * Opens a jar, or takes a folder of classes.
     *
     * @param entry an entry of a class path
     * @return false if it is not there any longer
     * @throws IOException if it is there and is no jar
     */
    boolean open(CodeEntry entry) throws IOException {
        if (jars.containsKey(entry) || folders.contains(entry)) {
            return true;
        }
        if (!entry.isCopy() && Files.isDirectory(entry.place())) {
            folders.add(entry);
            return true;
        }
        try {
            Path jar = entry.isCopy() ? entry.place() : entry.place().toRealPath();
            BoundedFile.requireRegular(jar);
            jars.put(entry, new ZipFile(jar.toFile()));
            return true;
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /**
     * Reads a class file.
     *
     * @param entry an entry that was opened
     * @param name the binary name of a class, with slashes
     * @return the bytes; {@code null} if the entry has no such class
     * @throws IOException if it cannot be read
     */
    byte @Nullable [] find(CodeEntry entry, String name) throws IOException {
        String file = name + ".class";
        ZipFile jar = jars.get(entry);
        if (jar == null) {
            Path place = entry.place().resolve(file);
            return Files.isRegularFile(place) ? BoundedFile.read(place.toRealPath(), MOST_BYTES) : null;
        }
        ZipEntry found = jar.getEntry(file);
        if (found == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(found)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    @Override
    public void close() throws IOException {
        for (ZipFile jar : jars.values()) {
            jar.close();
        }
    }
}
