package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The properties of the running JDK that a cached result depends on. */
final class JdkIdentity {
    private JdkIdentity() {}

    /** Returns the virtual machine's version and the JDK's {@code release} file: version, vendor, modules. */
    static String text() throws IOException {
        Path release = home().resolve("release");
        return System.getProperty("java.vm.version", "") + "\n"
                + (Files.isRegularFile(release) ? Files.readString(release) : "");
    }

    static Path home() {
        return Path.of(System.getProperty("java.home"));
    }
}
