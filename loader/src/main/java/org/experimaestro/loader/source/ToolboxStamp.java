package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The inputs of a cached result besides the user's files: our version, the JDK, and our own jars. */
final class ToolboxStamp {
    private ToolboxStamp() {}

    /**
     * Returns the stamp. Our own jars change when they are built again, which their name, size and time show. In a
     * folder, each file counts.
     */
    static String of(Toolbox toolbox) throws IOException {
        var digest = new SequenceDigest().add(toolbox.version()).add(JdkIdentity.text());
        List<Path> paths = new ArrayList<>(toolbox.apiPath());
        paths.addAll(toolbox.processorPath());
        for (Path path : paths) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.add(file.toString())
                            .add(Files.size(file))
                            .add(Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return digest.hex();
    }
}
