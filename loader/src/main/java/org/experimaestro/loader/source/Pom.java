package org.experimaestro.loader.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Profile;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.experimaestro.PlanException;

/** One {@code pom.xml}, as written: nothing inherited, nothing interpolated. */
final class Pom {
    private final Path file;
    private final Model model;

    private Pom(Path file, Model model) {
        this.file = file;
        this.model = model;
    }

    /** @throws PlanException when the file is no pom */
    static Pom read(Path file) throws IOException {
        Path normalized = file.toAbsolutePath().normalize();
        try (InputStream in = Files.newInputStream(normalized)) {
            return new Pom(normalized, new MavenXpp3Reader().read(in));
        } catch (XmlPullParserException | EOFException e) {
            // The parser says by the latter that the text ends too early.
            throw new PlanException("Cannot read the Maven project: " + e.getMessage(), normalized.toString(), null, e);
        }
    }

    Path file() {
        return file;
    }

    Path folder() {
        return file.resolveSibling("").normalize();
    }

    boolean isAggregator() {
        return "pom".equals(model.getPackaging());
    }

    /** The existing poms of its modules, those of every profile included. */
    List<Path> modules() {
        Set<String> names = new LinkedHashSet<>(model.getModules());
        for (Profile profile : model.getProfiles()) {
            names.addAll(profile.getModules());
        }
        List<Path> poms = new ArrayList<>();
        for (String name : names) {
            pomAt(folder().resolve(name)).ifPresent(poms::add);
        }
        return poms;
    }

    /** The parent's pom on disk, if it is where this pom says. */
    Optional<Path> findParent() {
        Parent parent = model.getParent();
        if (parent == null
                || parent.getRelativePath() == null
                || parent.getRelativePath().isEmpty()) {
            return Optional.empty();
        }
        return pomAt(folder().resolve(parent.getRelativePath()));
    }

    private static Optional<Path> pomAt(Path place) {
        Path pom = (Files.isDirectory(place) ? place.resolve("pom.xml") : place).normalize();
        return Files.isRegularFile(pom) ? Optional.of(pom) : Optional.empty();
    }
}
