package org.experimaestro.loader.source;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactType;
import org.eclipse.aether.artifact.ArtifactTypeRegistry;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.selector.AndDependencySelector;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.experimaestro.PlanException;

/**
 * Resolves {@code //DEPS} libraries with what they need at run time, as Maven does, with the user's {@code settings.xml}
 * and local repository. What is in the local repository needs no network.
 */
final class DependencyResolver {
    private final UnaryOperator<ContextOverrides.Builder> overrides;

    /** @param overrides changes Maven's settings; the identity takes the user's as they are */
    DependencyResolver(UnaryOperator<ContextOverrides.Builder> overrides) {
        this.overrides = overrides;
    }

    /** From the repositories of Maven's settings. */
    ResolvedLibraries resolve(List<DependencyLine> lines) {
        return resolve(lines, List.of());
    }

    /**
     * Resolves libraries.
     *
     * @param repositories where they come from, in place of Maven Central; those that the settings add stay
     * @throws PlanException listing every line that cannot be resolved
     */
    ResolvedLibraries resolve(List<DependencyLine> lines, List<RepositoryLine> repositories) {
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

    private static PlanException unresolved(List<String> problems, Throwable cause) {
        String what = problems.size() == 1 ? "a library" : problems.size() + " libraries";
        return new PlanException(
                "Cannot resolve " + what + " of the //DEPS lines:\n  " + String.join("\n  ", problems) + "\n",
                null,
                "Check the coordinates and the network; a library that is not in Maven Central needs a line \"//REPOS"
                        + " central,NAME=https://ADDRESS\", or its repository in ~/.m2/settings.xml.",
                cause);
    }

    /** One use of Maven's resolver. */
    private static final class Resolution {
        private final Context context;
        private final DefaultRepositorySystemSession session;
        private final List<RemoteRepository> repositories;
        private final Map<String, Dependency> managed = new LinkedHashMap<>();

        Resolution(Context context, List<RepositoryLine> lines) {
            this.context = context;
            this.session = new DefaultRepositorySystemSession(context.repositorySystemSession());
            session.setDependencySelector(
                    AndDependencySelector.newInstance(session.getDependencySelector(), new OwnArtifacts()));
            this.repositories = lines.isEmpty() ? context.remoteRepositories() : repositories(lines);
        }

        /** With the mirrors and the passwords of the settings. */
        private List<RemoteRepository> repositories(List<RepositoryLine> lines) {
            List<RemoteRepository> named = lines.stream()
                    .map(line -> new RemoteRepository.Builder(line.id(), "default", line.url()).build())
                    .toList();
            List<RemoteRepository> all =
                    new ArrayList<>(context.repositorySystem().newResolutionRepositories(session, named));
            context.remoteRepositories().stream()
                    .filter(repository -> !repository.getId().equals("central"))
                    .forEach(all::add);
            return all;
        }

        ResolvedLibraries resolve(List<DependencyLine> lines) {
            importBillsOfMaterials(
                    lines.stream().filter(DependencyLine::isBillOfMaterials).toList());
            Map<DependencyLine, Dependency> roots = roots(
                    lines.stream().filter(line -> !line.isBillOfMaterials()).toList());
            try {
                List<Artifact> artifacts = artifacts(List.copyOf(roots.values()));
                boolean changing = lines.stream().anyMatch(DependencyLine::isChanging)
                        || artifacts.stream().anyMatch(Artifact::isSnapshot);
                return new ResolvedLibraries(jars(artifacts), changing);
            } catch (DependencyResolutionException e) {
                throw unresolved(culprits(roots, e), e);
            }
        }

        /** The first bill of materials that manages a library wins, as in a pom. */
        private void importBillsOfMaterials(List<DependencyLine> lines) {
            List<String> problems = new ArrayList<>();
            var failure = new RepositoryException("Cannot read the bills of materials");
            var strict = new DefaultRepositorySystemSession(session);
            strict.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false));
            for (DependencyLine line : lines) {
                var artifact = new DefaultArtifact(line.group(), line.artifact(), "pom", line.version());
                var request = new ArtifactDescriptorRequest(artifact, repositories, null);
                try {
                    context.repositorySystem()
                            .readArtifactDescriptor(strict, request)
                            .getManagedDependencies()
                            .forEach(dependency -> managed.putIfAbsent(key(dependency.getArtifact()), dependency));
                } catch (ArtifactDescriptorException e) {
                    problems.add(problem(line, e));
                    failure.addSuppressed(e);
                }
            }
            if (!problems.isEmpty()) {
                throw unresolved(problems, failure);
            }
        }

        private Map<DependencyLine, Dependency> roots(List<DependencyLine> lines) {
            Map<DependencyLine, Dependency> roots = new LinkedHashMap<>();
            List<String> problems = new ArrayList<>();
            for (DependencyLine line : lines) {
                Artifact artifact = artifact(line, line.version());
                Dependency versioned = managed.get(key(artifact));
                if (!line.version().isEmpty()) {
                    roots.put(line, dependency(line, artifact));
                } else if (versioned != null) {
                    String version = versioned.getArtifact().getVersion();
                    roots.put(line, dependency(line, artifact(line, version)));
                } else {
                    problems.add(line.location() + ": " + line.coordinates()
                            + " has no version, and no @pom line of this folder gives it one");
                }
            }
            if (!problems.isEmpty()) {
                throw new PlanException(
                        "Cannot resolve the //DEPS lines:\n  " + String.join("\n  ", problems) + "\n",
                        null,
                        "Write group:artifact:version.",
                        null);
            }
            return roots;
        }

        private static Dependency dependency(DependencyLine line, Artifact artifact) {
            var dependency = new Dependency(artifact, JavaScopes.COMPILE);
            return line.hasAllItNeeds()
                    ? dependency.setExclusions(List.of(new Exclusion("*", "*", "*", "*")))
                    : dependency;
        }

        private Artifact artifact(DependencyLine line, String version) {
            ArtifactTypeRegistry types = session.getArtifactTypeRegistry();
            ArtifactType type = types == null ? null : types.get(line.fileType());
            String extension = type == null ? line.fileType() : type.getExtension();
            return new DefaultArtifact(line.group(), line.artifact(), line.classifier(), extension, version, type);
        }

        private List<Artifact> artifacts(List<Dependency> dependencies) throws DependencyResolutionException {
            var collect = new CollectRequest()
                    .setDependencies(dependencies)
                    .setManagedDependencies(List.copyOf(managed.values()))
                    .setRepositories(repositories);
            var request = new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
            return context.repositorySystem().resolveDependencies(session, request).getArtifactResults().stream()
                    .map(ArtifactResult::getArtifact)
                    .toList();
        }

        private static List<Path> jars(List<Artifact> artifacts) {
            Set<Path> jars = new LinkedHashSet<>();
            for (Artifact artifact : artifacts) {
                if (artifact.getExtension().equals("jar")) {
                    jars.add(artifact.getFile().toPath().toAbsolutePath());
                }
            }
            return List.copyOf(jars);
        }

        /** Tries each line alone, so that all bad ones are reported, each at its place. */
        private List<String> culprits(Map<DependencyLine, Dependency> roots, RepositoryException failure) {
            List<String> problems = new ArrayList<>();
            roots.forEach((line, dependency) -> {
                try {
                    artifacts(List.of(dependency));
                } catch (DependencyResolutionException e) {
                    problems.add(problem(line, e));
                }
            });
            if (problems.isEmpty()) {
                problems.add(failure.getMessage());
            }
            return problems;
        }

        private static String problem(DependencyLine line, RepositoryException failure) {
            Throwable root = failure;
            while (root.getCause() instanceof RepositoryException cause) {
                root = cause;
            }
            return line.location() + ": " + line.coordinates() + ": " + root.getMessage();
        }

        private static String key(Artifact artifact) {
            return String.join(
                    ":",
                    artifact.getGroupId(),
                    artifact.getArtifactId(),
                    artifact.getClassifier(),
                    artifact.getExtension());
        }
    }
}
