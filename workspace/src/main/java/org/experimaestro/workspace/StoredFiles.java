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
 * Reads the JSON files of a workspace, each of which says its format. A conversion reads those of earlier ones too. Thread-safe.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
abstract class StoredFiles {
    /** Reads the files of this version's format. */
    static final StoredFiles CURRENT = new Current();

    private static final String CONVERT = "convert the workspace with: experimaestro workspace upgrade DIR";

    private static final class Current extends StoredFiles {
        @Override
        JsonObject read(Path file, int mostBytes) throws IOException {
            JsonObject json = JsonFile.read(file, mostBytes);
            FileFormat.require(json, Workspace.FORMAT, Workspace.FORMAT, CONVERT);
            return json;
        }
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param mostBytes how large it may be
     * @return its object
     * @throws IOException as {@link JsonFile#read}
     * @throws JsonException if it is no JSON object, or of another format
     */
    abstract JsonObject read(Path file, int mostBytes) throws IOException;

    /** The beginning of what a file says. */
    static Map<String, Object> begin() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(FileFormat.KEY, Workspace.FORMAT);
        return json;
    }
}
