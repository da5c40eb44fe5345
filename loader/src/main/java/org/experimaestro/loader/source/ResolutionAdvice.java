package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.http.client.HttpResponseException;
import org.eclipse.aether.repository.RemoteRepository;
import org.experimaestro.PlanException;
import org.experimaestro.settings.Texts;

/**
 * Advice about a failed search for a library: the places that were not searched, and the user's next step.
 *
 * @param asked the repositories that were used
 * @param toAsk returns the repository that replaces another, by the mirrors of the settings
 * @param isListed whether {@code //REPOS} lines list the repositories, so that Maven Central is used only if it is
 *     listed
 */
record ResolutionAdvice(List<RemoteRepository> asked, UnaryOperator<RemoteRepository> toAsk, boolean isListed) {

    /**
     * Returns the advice for some failures.
     *
     * @param failures the resolver's exceptions
     * @param poms the poms that were read, by their coordinates
     * @return a line each; none if all places were searched
     */
    List<String> of(Collection<? extends Exception> failures, Map<String, Path> poms) {
        List<String> advice = new ArrayList<>();
        for (RemoteRepository repository : asked) {
            if (repository.isBlocked() && PlainHttp.leavesThisMachine(repository.getUrl())) {
                advice.add("The repository " + repository.getId() + mirrored(repository)
                        + " of your Maven settings is not asked: " + repository.getUrl() + " " + PlainHttp.PROBLEM);
            }
        }
        if (failures.stream().anyMatch(ResolutionAdvice::isRedirect)) {
            advice.add(
                    "What a repository leads to is not followed, since it may not be encrypted: name the address that it"
                            + " leads to, or set Maven's property aether.connector.http.followRedirects.NAME to true in an active"
                            + " profile of ~/.m2/settings.xml");
        }
        poms.forEach((name, pom) -> advice.addAll(named(name, pom)));
        return advice;
    }

    /** Returns the advice about a mirror. Maven's own settings block such addresses by a mirror of them. */
    private static String mirrored(RemoteRepository mirror) {
        return mirror.getMirroredRepositories().isEmpty()
                ? ""
                : mirror.getMirroredRepositories().stream()
                        .map(repository -> repository.getId() + " (" + repository.getUrl() + ")")
                        .collect(Collectors.joining(", ", ", a mirror of ", ","));
    }

    private static boolean isRedirect(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException response && response.getStatusCode() / 100 == 3) {
                return true;
            }
        }
        return false;
    }

    /** Returns the repositories that a pom names, and that were not used. */
    private List<String> named(String name, Path pom) {
        try {
            return Pom.read(pom).repositories().stream()
                    .filter(repository -> !isAsked(repository))
                    .map(repository ->
                            "The pom of " + name + " names a repository that is not asked, since libraries come only"
                                    + " from those that you name: " + howToName(repository))
                    .toList();
        } catch (IOException | PlanException unreadable) {
            // The resolver, which has read it, has reported that.
            return List.of();
        }
    }

    private boolean isAsked(RepositoryLine named) {
        var repository = new RemoteRepository.Builder(named.id(), "default", named.url()).build();
        String url = withoutSlash(toAsk.apply(repository).getUrl());
        return asked.stream().anyMatch(one -> withoutSlash(one.getUrl()).equals(url));
    }

    private static String withoutSlash(String url) {
        return url.replaceAll("/+$", "");
    }

    private String howToName(RepositoryLine repository) {
        String word = repository.id() + "=" + repository.url();
        try {
            RepositoryLine.parse(word);
            return "if you trust it, write //REPOS " + (isListed ? "" : "central,") + word;
        } catch (IllegalArgumentException unusable) {
            return Texts.quote(word) + " " + unusable.getMessage();
        }
    }
}
