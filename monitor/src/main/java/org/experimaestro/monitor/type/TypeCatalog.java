package org.experimaestro.monitor.type;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.text.NearName;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.workspace.Failures;

/**
 * The configuration types of a class path. They are read from the descriptions that the annotation processor wrote; no
 * class is loaded. Immutable.
 *
 * <p>If several entries of the class path have the same type, the first one counts, as in Java.
 */
public final class TypeCatalog {
    /** A catalog without types. */
    public static final TypeCatalog EMPTY = new TypeCatalog();

    private static final String FOLDER = "META-INF/experimaestro/types/";
    private static final String SUFFIX = ".json";
    /** The limit for the size of all descriptions of a jar: 64 MiB. */
    private static final long MOST_JAR_BYTES = 64L << 20;

    private final SortedMap<String, TypeInfo> types = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private TypeCatalog() {}

    /**
     * Reads the types of a class path.
     *
     * @param classPath jars and folders of classes
     * @return the types; {@link #problems} has the errors of reading
     */
    public static TypeCatalog of(Collection<Path> classPath) {
        TypeCatalog catalog = new TypeCatalog();
        for (Path entry : classPath) {
            try {
                if (Files.isDirectory(entry)) {
                    catalog.addFolder(entry);
                } else {
                    catalog.addJar(entry);
                }
            } catch (IOException unreadable) {
                catalog.problems.add("Cannot read the types of " + entry + ": " + Failures.reason(unreadable));
            }
        }
        return catalog;
    }

    private void addFolder(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(FOLDER), "*" + SUFFIX)) {
            for (Path file : files) {
                addFile(file);
            }
        } catch (NoSuchFileException | NotDirectoryException noTypes) {
            return;
        }
    }

    private void addFile(Path file) {
        try {
            add(BoundedFile.read(file, JsonFile.SMALL_BYTES), file.toString());
        } catch (IOException unreadable) {
            problems.add("Cannot read a type: " + Failures.reason(unreadable));
        }
    }

    private void addJar(Path jar) throws IOException {
        if (Files.exists(jar) && !Files.isRegularFile(jar)) {
            throw new FileSystemException(jar.toString(), null, "it is neither a jar nor a folder");
        }
        long left = MOST_JAR_BYTES;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (name.startsWith(FOLDER) && name.endsWith(SUFFIX)) {
                    left -= addEntry(zip, entry, jar + "!/" + name);
                    if (left < 0) {
                        throw new IOException("its descriptions are larger than " + MOST_JAR_BYTES + " bytes");
                    }
                }
            }
        }
    }

    /** Adds a type, and returns the number of bytes that were read. The size that an entry declares may be false. */
    private int addEntry(ZipFile zip, ZipEntry entry, String source) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] text = in.readNBytes(JsonFile.SMALL_BYTES + 1);
            if (text.length > JsonFile.SMALL_BYTES) {
                problems.add("Cannot read a type: " + source + " is larger than " + JsonFile.SMALL_BYTES + " bytes");
            } else {
                add(text, source);
            }
            return text.length;
        }
    }

    private void add(byte[] text, String source) {
        try {
            TypeInfo type = TypeInfoReader.read(text, source);
            types.putIfAbsent(type.typeId(), type);
        } catch (JsonException corrupt) {
            problems.add("Cannot read a type: " + corrupt.getMessage());
        }
    }

    /**
     * Returns all types.
     *
     * @return the types, sorted by type id
     */
    public List<TypeInfo> types() {
        return List.copyOf(types.values());
    }

    /**
     * Finds a type by its type id.
     *
     * @param typeId the type id
     * @return empty if it is not described
     */
    public Optional<TypeInfo> findType(String typeId) {
        return Optional.ofNullable(types.get(typeId));
    }

    /**
     * Returns the type that a user's text names.
     *
     * @param name a type id or a class name: binary, with dots between nested classes, or simple
     * @return the type
     * @throws WorkspaceException if no type or several types have that name; the message suggests types
     */
    public TypeInfo type(String name) {
        TypeInfo exact = types.get(name);
        if (exact != null) {
            return exact;
        }
        List<TypeInfo> found = types.values().stream()
                .filter(type -> type.className().equals(name)
                        || type.className().replace('$', '.').equals(name)
                        || type.simpleName().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (!found.isEmpty()) {
            throw WorkspaceException.of("Several types are called \"" + name + "\"")
                    .advice("give the type id: "
                            + String.join(
                                    ", ", found.stream().map(TypeInfo::typeId).toList()))
                    .build();
        }
        throw WorkspaceException.of("There is no description of a type \"" + name + "\"")
                .advice(advice(name))
                .build();
    }

    private String advice(String name) {
        Collection<String> names = new TreeSet<>(types.keySet());
        types.values().forEach(type -> names.add(type.simpleName()));
        return NearName.advice(name, names)
                .orElse(
                        types.isEmpty()
                                ? "no types are described here; they are when their code is compiled with the annotation processor"
                                : "list the types with: experimaestro describe");
    }

    /**
     * Returns the problems of reading the descriptions.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
