package org.experimaestro.loader.source;

import eu.maveniverse.maven.mima.context.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.eclipse.aether.DefaultRepositoryCache;
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
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/** A run of Maven's resolver. */
final class Resolution {
    /** The name and the password in an address. */
    private static final Pattern PASSWORD = Pattern.compile("(?<=://)[^/@\\s]*@");

    private final Context context;
    private final DefaultRepositorySystemSession session;
    private final List<RemoteRepository> repositories;
    private final Map<String, Dependency> managed = new LinkedHashMap<>();

    private final ChecksumWatch watch = new ChecksumWatch();
    private final ResolutionAdvice advice;

    Resolution(Context context, List<RepositoryLine> lines) {
        this.context = context;
        this.session = StrictSession.of(context.repositorySystemSession(), watch);
        this.repositories = (lines.isEmpty() ? context.remoteRepositories() : repositories(lines))
                .stream().map(StrictSession::blockedIfPlain).toList();
        this.advice = new ResolutionAdvice(
                repositories,
                repository -> context.repositorySystem()
                        .newResolutionRepositories(session, List.of(repository))
                        .getFirst(),
                !lines.isEmpty());
    }

    /** Returns the repositories, with the mirrors and the passwords of the settings. */
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

    ResolvedLibraries resolve(List<DependencyLine> lines) throws IOException {
        importBillsOfMaterials(
                lines.stream().filter(DependencyLine::isBillOfMaterials).toList());
        Map<DependencyLine, Dependency> roots =
                roots(lines.stream().filter(line -> !line.isBillOfMaterials()).toList());
        try {
            List<Artifact> artifacts = artifacts(List.copyOf(roots.values()));
            boolean changing = lines.stream().anyMatch(DependencyLine::isChanging)
                    || artifacts.stream().anyMatch(Artifact::isSnapshot);
            if (!watch.problems().isEmpty()) {
                throw unverified(null);
            }
            return new ResolvedLibraries(libraries(artifacts), changing);
        } catch (DependencyResolutionException e) {
            throw unresolved(culprits(roots), e);
        }
    }

    /** Imports bills of materials. The first that manages a library wins, as in a pom. */
    private void importBillsOfMaterials(List<DependencyLine> lines) {
        Map<DependencyLine, RepositoryException> failures = new LinkedHashMap<>();
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
                failures.put(line, e);
                failure.addSuppressed(e);
            }
        }
        if (!failures.isEmpty()) {
            throw unresolved(failures, failure);
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
            throw failed("the //DEPS lines", problems, "Write group:artifact:version.", null);
        }
        return roots;
    }

    private static Dependency dependency(DependencyLine line, Artifact artifact) {
        var dependency = new Dependency(artifact, JavaScopes.COMPILE);
        return line.hasAllItNeeds() ? dependency.setExclusions(List.of(new Exclusion("*", "*", "*", "*"))) : dependency;
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

    private static List<Library> libraries(List<Artifact> artifacts) throws IOException {
        Map<Path, Library> libraries = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            Path jar = artifact.getFile().toPath().toAbsolutePath();
            if (artifact.getExtension().equals("jar") && !libraries.containsKey(jar)) {
                libraries.put(jar, new Library(coordinates(artifact), jar, SequenceDigest.ofFile(jar)));
            }
        }
        return List.copyOf(libraries.values());
    }

    private static String coordinates(Artifact artifact) {
        String coordinates = artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion();
        return artifact.getClassifier().isEmpty() ? coordinates : coordinates + ":" + artifact.getClassifier();
    }

    /** Tries each line alone, so that all wrong lines are reported, each at its place. */
    private Map<DependencyLine, RepositoryException> culprits(Map<DependencyLine, Dependency> roots) {
        Map<DependencyLine, RepositoryException> failures = new LinkedHashMap<>();
        roots.forEach((line, dependency) -> {
            // Otherwise a pom that could not be read before would be skipped.
            session.setCache(new DefaultRepositoryCache());
            try {
                artifacts(List.of(dependency));
            } catch (DependencyResolutionException e) {
                failures.put(line, e);
            }
        });
        return failures;
    }

    private PlanException unresolved(Map<DependencyLine, RepositoryException> failures, RepositoryException cause) {
        if (!watch.problems().isEmpty()) {
            return unverified(cause);
        }
        List<String> problems = new ArrayList<>();
        failures.forEach((line, failure) -> problems.add(problem(line, failure)));
        if (problems.isEmpty()) {
            problems.add(cause.getMessage());
        }
        String what = problems.size() == 1 ? "a library" : problems.size() + " libraries";
        List<Exception> all = new ArrayList<>(failures.values());
        all.add(cause);
        problems.addAll(advice.of(all, watch.poms()));
        return failed(
                what + " of the //DEPS lines",
                problems,
                "Check the coordinates and the network; a library that is not in Maven Central needs a line \"//REPOS"
                        + " central,NAME=https://ADDRESS\", or its repository in ~/.m2/settings.xml.",
                cause);
    }

    private PlanException unverified(@Nullable RepositoryException cause) {
        List<String> problems = watch.problems();
        String what = problems.size() == 1
                ? "a file does not have its repository's checksum"
                : problems.size() + " files do not have their repository's checksum";
        return failed("the //DEPS lines: " + what, problems, null, cause);
    }

    private static PlanException failed(
            String what, List<String> problems, @Nullable String suggestion, @Nullable RepositoryException cause) {
        String list = PASSWORD.matcher(String.join("\n  ", problems)).replaceAll("");
        String end = suggestion == null ? "" : "\n";
        return PlanException.of("Cannot resolve " + what + ":\n  " + list + end)
                .advice(suggestion)
                .cause(cause)
                .build();
    }

    private static String problem(DependencyLine line, RepositoryException failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RepositoryException || cause instanceof UnresolvableModelException) {
                root = cause;
            }
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
