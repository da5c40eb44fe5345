package org.experimaestro.core.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.LaunchException;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@link JobVariables#ROOTS}, which passes the folders of named roots from a launcher to a job's
 * process.
 *
 * <p>On the start path of a job: without lambdas, streams and reflection.
 */
public final class RootsVariable {
    private RootsVariable() {}

    /**
     * Writes the value.
     *
     * @param roots the folder of each root on the host, by its name
     * @return one line of JSON
     */
    public static String write(Map<String, String> roots) {
        return Json.writeLine(new TreeMap<>(roots));
    }

    /**
     * Reads the value.
     *
     * @param value the variable, {@code null} if it is not set
     * @return the folder of each root by its name
     * @throws LaunchException if {@link #write} has not written the value
     */
    public static SortedMap<String, Path> read(@Nullable String value) {
        SortedMap<String, Path> roots = new TreeMap<>();
        if (value == null) {
            return roots;
        }
        try {
            JsonObject object = JsonObject.of(Json.parse(value), JobVariables.ROOTS);
            for (String name : object.keys()) {
                roots.put(name, Path.of(object.string(name)));
            }
        } catch (JsonException | InvalidPathException wrong) {
            throw LaunchException.of("Cannot read where the named roots are: the variable " + JobVariables.ROOTS
                            + " is " + value + ", " + wrong.getMessage())
                    .advice("say it with \"roots\" in settings or in the launcher file, and leave the variable alone")
                    .cause(wrong)
                    .build();
        }
        return roots;
    }
}
