package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;

/**
 * A reader of the JSON files of a workspace, each of which has the number of its format. Thread-safe.
 *
 * <p>The code is on the start path of a job, so it uses no lambdas and no streams.
 */
abstract class StoredFiles {
    /** The reader of files of the present format; it refuses others. */
    static final StoredFiles CURRENT = new Current();

    /**
     * The format of the file of an attempt that only removes outputs. It is higher than that of the workspace, so that
     * versions which know no removal refuse the job, and take it neither for one with outputs nor for one that failed.
     */
    static final int REMOVAL = Workspace.FORMAT + 1;

    private static final String CONVERT = "convert the workspace with: experimaestro workspaces upgrade DIR";

    private static final class Current extends StoredFiles {
        @Override
        JsonObject read(Path file, int mostBytes) throws IOException {
            JsonObject json = JsonFile.read(file, mostBytes);
            FileFormat.require(json, Workspace.FORMAT, Workspace.FORMAT, CONVERT);
            return json;
        }

        @Override
        JsonObject readAttempt(Path file) throws IOException {
            JsonObject json = JsonFile.read(file, JsonFile.SMALL_BYTES);
            FileFormat.require(
                    json, Workspace.FORMAT, json.has(JobLayout.REMOVES_KEY) ? REMOVAL : Workspace.FORMAT, CONVERT);
            return json;
        }
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param mostBytes the largest size of the file
     * @return its object
     * @throws IOException as {@link JsonFile#read}
     * @throws JsonException if it is no JSON object, or its format is not known here
     */
    abstract JsonObject read(Path file, int mostBytes) throws IOException;

    /**
     * Reads the file of an attempt, which may be one that only removes outputs.
     *
     * @param file the file
     * @return its object
     * @throws IOException as {@link JsonFile#read}
     * @throws JsonException if it is no JSON object, or its format is not known here
     */
    abstract JsonObject readAttempt(Path file) throws IOException;

    /** Returns the first members of a new file: its format. The caller adds the others. */
    static Map<String, Object> begin() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(FileFormat.KEY, Workspace.FORMAT);
        return json;
    }
}
