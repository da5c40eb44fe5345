package org.experimaestro.loader.source;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.experimaestro.PlanException;

/**
 * A resolver of {@code //DEPS} libraries and their runtime dependencies. Like Maven, it uses the user's {@code
 * settings.xml} and local repository. A file in the local repository needs no network.
 *
 * <p>It is stricter than Maven. Each file must have the checksum of its repository. Only the repositories of the
 * user's settings and of the {@code //REPOS} lines are used, and never those in a library's pom. An address without
 * encryption is used only on this machine, and redirections are not followed.
 */
final class DependencyResolver {
    private final UnaryOperator<ContextOverrides.Builder> overrides;

    /**
     * Creates a resolver.
     *
     * @param overrides changes Maven's settings; the identity takes the user's as they are
     */
    DependencyResolver(UnaryOperator<ContextOverrides.Builder> overrides) {
        this.overrides = overrides;
    }

    /** Resolves libraries from the repositories of Maven's settings. */
    ResolvedLibraries resolve(List<DependencyLine> lines) throws IOException {
        return resolve(lines, List.of());
    }

    /**
     * Resolves libraries. Downloads missing files, and blocks until they are there.
     *
     * @param repositories the repositories that replace Maven Central; those of the settings are added
     * @throws IOException if a jar cannot be read
     * @throws PlanException if lines cannot be resolved, or files have wrong checksums; the message lists all of them
     */
    ResolvedLibraries resolve(List<DependencyLine> lines, List<RepositoryLine> repositories) throws IOException {
        List<DependencyLine> foreign = lines.stream()
                .filter(line -> !OwnArtifacts.contains(line.group(), line.artifact()))
                .toList();
        if (foreign.isEmpty()) {
            return new ResolvedLibraries(List.of(), false);
        }
        var builder = ContextOverrides.create().withUserSettings(true);
        String localRepository = System.getProperty("maven.repo.local");
        if (localRepository != null) {
            builder.withLocalRepositoryOverride(Path.of(localRepository));
        }
        try (Context context =
                new StandaloneStaticRuntime().create(overrides.apply(builder).build())) {
            return new Resolution(context, repositories).resolve(foreign);
        }
    }
}
