package org.experimaestro.workspace.token;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.LifeSign;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;

/**
 * A run that takes tokens. It has a file, which its process touches every 30 seconds, because other hosts cannot see the
 * process. Immutable.
 *
 * @param id a text that no other run has
 * @param process the run's process
 */
public record TokenOwner(String id, ProcessIdentity process) {
    private static final String PROCESS = "process";
    private static final String OWNER = "owner-";
    private static final String JSON = ".json";

    /** Returns an owner for a run of this process, without a file. */
    static TokenOwner create() {
        return new TokenOwner(UUID.randomUUID().toString(), ProcessIdentity.current());
    }

    private Path file(Path folder) {
        return folder.resolve(OWNER + id + JSON);
    }

    /** Writes the file, unless it exists, and touches it. */
    void beat(Path folder) throws IOException {
        Path file = file(folder);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(FileFormat.KEY, Workspace.FORMAT);
            json.put(PROCESS, process.toJson());
            AtomicFile.create(file, Json.write(json));
        }
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(now, null, null);
    }

    /** Deletes the file: the run is over. */
    void end(Path folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }

    /**
     * Deletes the files of runs that are gone, and whose shares are gone, too: nobody looks at them any longer. A run that was
     * only silent, and goes on, writes its file again.
     *
     * @param inUse the ids of the owners of shares
     */
    static void deleteGone(Path folder, Set<String> inUse) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, OWNER + "*" + JSON)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!inUse.contains(name.substring(OWNER.length(), name.length() - JSON.length())) && isGone(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean isGone(Path file) throws IOException {
        try {
            JsonObject json = JsonFile.read(file, JsonFile.SMALL_BYTES);
            return !LifeSign.of(ProcessIdentity.fromJson(json.object(PROCESS)), file)
                    .isAlive();
        } catch (NoSuchFileException | JsonException endedOrDamaged) {
            return false;
        }
    }

    /** Returns whether the run goes on. */
    boolean isAlive(Path folder) throws IOException {
        Path file = file(folder);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return LifeSign.of(process, file).isAlive();
        } catch (NoSuchFileException justEnded) {
            return false;
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put(PROCESS, process.toJson());
        return json;
    }

    static TokenOwner fromJson(JsonObject json) {
        String id = json.string("id");
        // It is a part of the name of a file.
        if (!isPlain(id)) {
            throw new JsonException("the id of an owner has letters, digits and hyphens, and is not \"" + id + "\"");
        }
        return new TokenOwner(id, ProcessIdentity.fromJson(json.object(PROCESS)));
    }

    private static boolean isPlain(String id) {
        for (int i = 0; i < id.length(); i++) {
            char letter = id.charAt(i);
            if (letter != '-' && (letter > 'z' || !Character.isLetterOrDigit(letter))) {
                return false;
            }
        }
        return !id.isEmpty();
    }
}
