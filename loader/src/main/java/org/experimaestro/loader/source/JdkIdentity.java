package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a cached result depends on of the running JDK. */
final class JdkIdentity {
    private JdkIdentity() {}

    /** The virtual machine's version and the JDK's {@code release} file: version, vendor, modules. */
    static String text() throws IOException {
        Path release = home().resolve("release");
        return System.getProperty("java.vm.version", "") + "\n"
                + (Files.isRegularFile(release) ? Files.readString(release) : "");
    }

    static Path home() {
        return Path.of(System.getProperty("java.home"));
    }
}
