package org.experimaestro.engine.provenance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A reader of the Maven coordinates of jars, from the jar itself or from its place in a local repository. */
final class JarCoordinates {
    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
    private static final int MOST_BYTES = 16 * 1024;

    private JarCoordinates() {}

    /** Returns the coordinates, {@code group:artifact:version}, of the jars that have some, by the names of their files. */
    static Map<String, String> of(List<Path> classPath) {
        Map<String, String> found = new TreeMap<>();
        for (Path jar : classPath) {
            if (Files.isRegularFile(jar)) {
                inside(jar)
                        .or(() -> ofPlace(jar))
                        .ifPresent(coordinates -> found.put(String.valueOf(jar.getFileName()), coordinates));
            }
        }
        return found;
    }

    /** Reads the jar; empty also for one with several coordinates, because it contains others. */
    private static Optional<String> inside(Path jar) {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> poms = file.stream()
                    .filter(entry -> POM.matcher(entry.getName()).matches())
                    .toList();
            if (poms.size() != 1) {
                return Optional.empty();
            }
            Properties pom = new Properties();
            try (InputStream in = file.getInputStream(poms.getFirst())) {
                pom.load(new ByteArrayInputStream(in.readNBytes(MOST_BYTES)));
            }
            return coordinates(
                    pom.getProperty("groupId", ""), pom.getProperty("artifactId", ""), pom.getProperty("version", ""));
        } catch (IOException | IllegalArgumentException noJar) {
            return Optional.empty();
        }
    }

    /** Reads the path {@code GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION.jar} below a folder {@code repository}. */
    private static Optional<String> ofPlace(Path jar) {
        Path version = jar.toAbsolutePath().getParent();
        Path artifact = version == null ? null : version.getParent();
        if (version == null || artifact == null || artifact.getParent() == null) {
            return Optional.empty();
        }
        String name = artifact.getFileName() + "-" + version.getFileName();
        if (!String.valueOf(jar.getFileName()).startsWith(name) || !Files.exists(version.resolve(name + ".pom"))) {
            return Optional.empty();
        }
        String group = "";
        for (Path place = artifact.getParent();
                place != null && place.getFileName() != null;
                place = place.getParent()) {
            if (place.getFileName().toString().equals("repository")) {
                return coordinates(
                        group, String.valueOf(artifact.getFileName()), String.valueOf(version.getFileName()));
            }
            group = place.getFileName() + (group.isEmpty() ? "" : ".") + group;
        }
        return Optional.empty();
    }

    private static Optional<String> coordinates(String group, String artifact, String version) {
        return group.isEmpty() || artifact.isEmpty() || version.isEmpty()
                ? Optional.empty()
                : Optional.of(group + ":" + artifact + ":" + version);
    }
}
