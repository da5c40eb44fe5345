package org.experimaestro.loader.source;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.aether.repository.RemoteRepository;

/** A Maven repository in a folder, with the checksums that {@code mvn deploy} writes. */
final class TestRepository {
    private final Path folder;
    private final Path made;

    /**
     * Creates an empty repository.
     *
     * @param folder its folder
     * @param made the folder where its content is made
     */
    TestRepository(Path folder, Path made) {
        this.folder = folder;
        this.made = made;
    }

    Path folder() {
        return folder;
    }

    String url() {
        return folder.toUri().toString();
    }

    /** Publishes a jar with a class {@code Library}, and its pom. */
    void publish(String group, String artifact, String version, String dependencies) throws IOException {
        publishPom(group, artifact, version, "<dependencies>" + dependencies + "</dependencies>");
        publishJar(group, artifact, version, artifact + "-" + version + ".jar");
    }

    /** Publishes a jar under a name of its own, as one with a classifier has. */
    void publishJar(String group, String artifact, String version, String fileName) throws IOException {
        Path classes = TestToolbox.compile(
                Files.createDirectories(made.resolve(artifact + version)),
                "Library",
                "package " + group + "." + artifact.replace("-", "") + "; public class Library {}",
                List.of());
        Path jar = place(group, artifact, version).resolve(fileName);
        ClassesJar.write(classes, jar);
        writeChecksum(jar);
    }

    void publishPom(String group, String artifact, String version, String body) throws IOException {
        write(
                place(group, artifact, version).resolve(artifact + "-" + version + ".pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>" + group + "</groupId><artifactId>" + artifact
                        + "</artifactId><version>" + version + "</version>" + body + "</project>");
        listVersions(group, artifact);
    }

    private void listVersions(String group, String artifact) throws IOException {
        Path module = folder.resolve(group.replace('.', '/')).resolve(artifact);
        try (Stream<Path> versions = Files.list(module)) {
            List<String> names = versions.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
            write(
                    module.resolve("maven-metadata.xml"),
                    "<metadata><groupId>" + group + "</groupId><artifactId>" + artifact
                            + "</artifactId><versioning><release>" + names.getLast() + "</release><versions><version>"
                            + String.join("</version><version>", names)
                            + "</version></versions></versioning></metadata>");
        }
    }

    /** Writes a file and its checksum. */
    void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        writeChecksum(file);
    }

    private static void writeChecksum(Path file) throws IOException {
        Files.writeString(checksum(file), SequenceDigest.ofFile(file, "SHA-1"));
    }

    static Path checksum(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha1");
    }

    /** Returns the folder of a version, which is made. */
    Path place(String group, String artifact, String version) throws IOException {
        return Files.createDirectories(
                folder.resolve(group.replace('.', '/')).resolve(artifact).resolve(version));
    }

    /** Returns overrides without settings, but with one repository. */
    static UnaryOperator<ContextOverrides.Builder> only(String id, String url, Path local) {
        var repository = new RemoteRepository.Builder(id, "default", url).build();
        return builder -> builder.withUserSettings(false)
                .withLocalRepositoryOverride(local)
                .addRepositoriesOp(ContextOverrides.AddRepositoriesOp.REPLACE)
                .repositories(List.of(repository));
    }

    static String dependency(String group, String artifact, String version, String scope) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version><scope>" + scope + "</scope></dependency>";
    }

    static String managed(String dependencies) {
        return "<dependencyManagement><dependencies>" + dependencies + "</dependencies></dependencyManagement>";
    }
}
