package org.experimaestro.loader.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Profile;
import org.apache.maven.model.Repository;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.experimaestro.PlanException;

/** A {@code pom.xml} as it is written: without inheritance and without interpolation. */
final class Pom {
    private final Path file;
    private final Model model;

    private Pom(Path file, Model model) {
        this.file = file;
        this.model = model;
    }

    /**
     * Reads a pom.
     *
     * @throws PlanException if the file is not a pom
     */
    static Pom read(Path file) throws IOException {
        Path normalized = file.toAbsolutePath().normalize();
        byte[] text = Files.readAllBytes(normalized);
        try {
            return new Pom(normalized, new MavenXpp3Reader().read(new ByteArrayInputStream(text)));
        } catch (XmlPullParserException | IOException e) {
            // The parser throws the second exception if the text ends too early, or its encoding is unknown.
            throw PlanException.of("Cannot read the Maven project: " + e.getMessage())
                    .at(normalized.toString())
                    .cause(e)
                    .build();
        }
    }

    Path file() {
        return file;
    }

    Path folder() {
        return file.resolveSibling("").normalize();
    }

    /** Returns group and artifact, as in {@code info.picocli:picocli}. */
    String coordinates() {
        return group() + ":" + model.getArtifactId();
    }

    private String group() {
        Parent parent = model.getParent();
        String group = model.getGroupId() == null && parent != null ? parent.getGroupId() : model.getGroupId();
        // Maven refuses a project without a group when it builds it.
        return group == null ? "" : group;
    }

    /**
     * Returns the dependencies, including those of every profile: group and artifact. If the group is a property of
     * another file, it is an asterisk.
     *
     * @param withTests whether those of tests count
     */
    List<String> dependencies(boolean withTests) {
        List<Dependency> all = new ArrayList<>(model.getDependencies());
        model.getProfiles().forEach(profile -> all.addAll(profile.getDependencies()));
        List<String> names = new ArrayList<>();
        for (Dependency dependency : all) {
            boolean isNamed = dependency.getGroupId() != null && dependency.getArtifactId() != null;
            if (isNamed && (withTests || !"test".equals(dependency.getScope()))) {
                names.add(interpolated(dependency.getGroupId()) + ":" + dependency.getArtifactId());
            }
        }
        return names;
    }

    private String interpolated(String group) {
        if (!group.contains("${")) {
            return group;
        }
        String name = group.substring(group.indexOf("${") + 2, Math.max(group.indexOf('}'), group.indexOf("${") + 2));
        boolean isOwn = name.equals("project.groupId") || name.equals("pom.groupId") || name.equals("groupId");
        String value = isOwn ? group() : model.getProperties().getProperty(name);
        return value != null && group.equals("${" + name + "}") && !value.contains("${") ? value : "*";
    }

    /** Returns the profiles of this pom itself. */
    List<String> profiles() {
        return model.getProfiles().stream().map(Profile::getId).toList();
    }

    /** Returns the repositories that it names for libraries, those of every profile included. */
    List<RepositoryLine> repositories() {
        List<Repository> all = new ArrayList<>(model.getRepositories());
        model.getProfiles().forEach(profile -> all.addAll(profile.getRepositories()));
        return all.stream()
                .filter(repository -> repository.getUrl() != null)
                .map(repository -> new RepositoryLine(
                        String.valueOf(repository.getId()).replaceAll("[^\\w.-]+", "-"),
                        PomVariables.replace(repository.getUrl().strip(), model.getProperties()::getProperty)))
                .toList();
    }

    boolean isAggregator() {
        return "pom".equals(model.getPackaging());
    }

    /** Returns the existing poms of its modules, those of every profile included. */
    List<Path> modules() {
        Set<String> names = new LinkedHashSet<>(model.getModules());
        for (Profile profile : model.getProfiles()) {
            names.addAll(profile.getModules());
        }
        List<Path> poms = new ArrayList<>();
        for (String name : names) {
            pomAt(folder(), name).ifPresent(poms::add);
        }
        return poms;
    }

    /** Returns the parent's pom on disk, if it exists at the place that this pom names. */
    Optional<Path> findParent() {
        Parent parent = model.getParent();
        if (parent == null
                || parent.getRelativePath() == null
                || parent.getRelativePath().isEmpty()) {
            return Optional.empty();
        }
        return pomAt(folder(), parent.getRelativePath());
    }

    /** Returns the parent's pom in the repository of this pom, if it exists. */
    Optional<Path> findParentInRepository() {
        Parent parent = model.getParent();
        Path repository = folder();
        for (int up = 0; repository != null && up < group().split("\\.", -1).length + 2; up++) {
            repository = repository.getParent();
        }
        boolean isNamed = parent != null
                && parent.getGroupId() != null
                && parent.getArtifactId() != null
                && parent.getVersion() != null;
        return !isNamed || repository == null
                ? Optional.empty()
                : pomAt(
                        repository,
                        String.join(
                                "/",
                                parent.getGroupId().replace('.', '/'),
                                parent.getArtifactId(),
                                parent.getVersion(),
                                parent.getArtifactId() + "-" + parent.getVersion() + ".pom"));
    }

    private static Optional<Path> pomAt(Path base, String path) {
        try {
            Path place = base.resolve(path);
            Path pom = (Files.isDirectory(place) ? place.resolve("pom.xml") : place).normalize();
            return Files.isRegularFile(pom) ? Optional.of(pom) : Optional.empty();
        } catch (InvalidPathException noPath) {
            // There is none, as at any other place; Maven reports the error.
            return Optional.empty();
        }
    }
}
