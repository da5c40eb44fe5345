package org.experimaestro.runtime.worker;

import java.nio.charset.StandardCharsets;

/** The shutdown hooks of tasks. They run when the process ends, and nobody can list them, so class files tell of them. */
final class ShutdownHooks {
    private static final byte[] ADD = "addShutdownHook".getBytes(StandardCharsets.ISO_8859_1);

    /** The method of {@code File}, whose files the JVM deletes at its end. */
    private static final byte[] DELETE = "deleteOnExit".getBytes(StandardCharsets.ISO_8859_1);

    private ShutdownHooks() {}

    /** Returns whether the code of a class may add something to do at the end of the process, by the names in its constants. */
    static boolean areAddedBy(byte[] classFile) {
        return ClassText.has(classFile, ADD) || ClassText.has(classFile, DELETE);
    }
}
