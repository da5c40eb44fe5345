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
 * Resolves {@code //DEPS} libraries with what they need at run time, as Maven does, with the user's {@code settings.xml}
 * and local repository. What is in the local repository needs no network.
 *
 * <p>It is stricter than Maven in what it believes. Each file must have the checksum that its repository gives. Repositories
 * are those of the user's settings and of the {@code //REPOS} lines, never those that a library's pom names. An address
 * without encryption is asked on this machine only, and none that a repository leads to.
 */
final class DependencyResolver {
    private final UnaryOperator<ContextOverrides.Builder> overrides;

    /** @param overrides changes Maven's settings; the identity takes the user's as they are */
    DependencyResolver(UnaryOperator<ContextOverrides.Builder> overrides) {
        this.overrides = overrides;
    }

    /** From the repositories of Maven's settings. */
    ResolvedLibraries resolve(List<DependencyLine> lines) throws IOException {
        return resolve(lines, List.of());
    }

    /**
     * Resolves libraries.
     *
     * @param repositories where they come from, in place of Maven Central; those that the settings add stay
     * @throws IOException if a jar cannot be read
     * @throws PlanException listing every line that cannot be resolved, or every file that is not what its checksum says
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
