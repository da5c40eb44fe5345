package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.experimaestro.base.file.AccessObstacle;
import org.jspecify.annotations.Nullable;

/** Plain words for failures of the file system. */
public final class Failures {
    private Failures() {}

    /**
     * Returns the reason of a failure.
     *
     * @param failure the exception
     * @return a phrase, with the file if the exception has it
     */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + obstacle(denied.getFile());
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " exists, and is not a folder";
        }
        if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason() + " (" + other.getFile() + ")";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String obstacle(@Nullable String file) {
        try {
            return file == null
                    ? ""
                    : AccessObstacle.find(Path.of(file))
                            .map(obstacle -> ": " + obstacle)
                            .orElse("");
        } catch (InvalidPathException noPath) {
            return "";
        }
    }
}
