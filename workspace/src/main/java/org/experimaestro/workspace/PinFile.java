package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/** The file of a job's pin, which stays when the job is run again. Thread-safe. */
public final class PinFile {
    private final JobFolder job;
    private final Path file;

    PinFile(JobFolder job) {
        this.job = job;
        this.file = job.internalFolder().resolve(JobLayout.PIN);
    }

    /**
     * Reads the pin.
     *
     * @return the pin, without details if the file cannot be read; empty if the job is not pinned
     */
    public Optional<Pin> find() {
        try {
            JsonObject json = job.read(file, JsonFile.SMALL_BYTES);
            return Optional.of(new Pin(json.time("time"), json.string("user"), json.string("note")));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JsonException unreadable) {
            return Optional.of(new Pin(null, "", ""));
        }
    }

    /**
     * Pins the job, and replaces an earlier pin. While another process cleans, this is refused, because it would come
     * too late.
     *
     * @param note the reason, in words; may be empty
     * @param now the time
     * @throws WorkspaceException if the job has no folder, its files are in another workspace, another process cleans, or the file cannot be written
     */
    public void write(String note, Instant now) {
        Map<String, Object> json = StoredFiles.begin();
        json.put("time", TimeText.of(now.toEpochMilli()));
        json.put("user", System.getProperty("user.name", ""));
        json.put("note", note);
        change("pin", () -> AtomicFile.write(file, Json.write(json)));
    }

    /**
     * Removes the pin.
     *
     * @return whether there was one
     * @throws WorkspaceException if another process cleans, or the file cannot be deleted
     */
    public boolean remove() {
        boolean isPinned = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        change("unpin", () -> Files.deleteIfExists(file));
        return isPinned;
    }

    /** A change of the file. */
    private interface Change {
        void run() throws IOException;
    }

    private void change(String action, Change change) {
        String whole = action + " " + job.name();
        ElsewhereLink.requireHere(job, whole);
        TrashChange turn = new Trash(Workspace.view(job.workspace())).change(whole);
        try {
            OwnFolders.requireFolder(OwnFolders.look(job.internalFolder()), job.internalFolder());
            change.run();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot " + whole + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        } finally {
            turn.close();
        }
    }
}
