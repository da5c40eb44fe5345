package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures of the file system in plain words. */
public final class Failures {
    private Failures() {}

    /**
     * What went wrong.
     *
     * @param failure the exception
     * @return a phrase that names the file
     */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
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
}
