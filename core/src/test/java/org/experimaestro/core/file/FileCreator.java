package org.experimaestro.core.file;

import java.nio.file.Files;
import java.nio.file.Path;

/** A process that creates the same files as others, and prints the names of the files that it created. */
final class FileCreator {
    static final int FILES = 500;

    private FileCreator() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (int i = 0; i < FILES; i++) {
            String name = "file-" + i;
            if (AtomicFile.create(folder.resolve(name), arguments[1])) {
                System.out.println(name);
            }
            if (i == 0) {
                // From here on all processes run together.
                Files.createFile(folder.resolve("ready-" + arguments[1]));
                long end = System.nanoTime() + 100_000_000_000L;
                while (!Files.exists(folder.resolve("ready-a"))
                        || !Files.exists(folder.resolve("ready-b"))
                        || !Files.exists(folder.resolve("ready-c"))) {
                    if (System.nanoTime() > end) {
                        throw new IllegalStateException("the others do not come");
                    }
                    Thread.onSpinWait();
                }
            }
        }
    }
}
