package org.experimaestro.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A writer of a test's files below one folder, which it reads back as experiments. */
record TempFiles(Path folder) {

    /** Writes a file, with its folders. */
    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Reads {@code debug.yaml} with this text. */
    ExperimentFile debug(String yaml, String... overrides) {
        return ExperimentFile.read(write("debug.yaml", yaml), List.of(overrides));
    }
}
