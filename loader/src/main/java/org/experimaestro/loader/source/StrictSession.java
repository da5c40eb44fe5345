package org.experimaestro.loader.source;

import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryListener;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.graph.selector.AndDependencySelector;

/** A factory of sessions of Maven's resolver that are stricter than Maven's. */
final class StrictSession {
    private static final String FOLLOW_REDIRECTS = ConfigurationProperties.HTTP_FOLLOW_REDIRECTS;
    private static final String SNAPSHOT_NORMALIZATION = "aether.artifactResolver.snapshotNormalization";

    private StrictSession() {}

    /**
     * Creates a session with the user's settings, made strict.
     *
     * @param settings the session that Maven would have
     * @param listener is called for all files
     */
    static DefaultRepositorySystemSession of(RepositorySystemSession settings, RepositoryListener listener) {
        var session = new DefaultRepositorySystemSession(settings);
        session.setDependencySelector(
                AndDependencySelector.newInstance(session.getDependencySelector(), new OwnArtifacts()));
        session.setIgnoreArtifactDescriptorRepositories(true);
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        session.setRepositoryListener(listener);
        session.setConfigProperty(ConfigurationProperties.PERSISTED_CHECKSUMS, true);
        // A snapshot keeps its name with the time, because its checksum has this name, too.
        session.setConfigProperty(SNAPSHOT_NORMALIZATION, false);
        // The transport would also follow a redirection from https:// to http://.
        session.setConfigProperty(FOLLOW_REDIRECTS, false);
        settings.getUserProperties().forEach((name, value) -> {
            if (name.startsWith(FOLLOW_REDIRECTS)) {
                session.setConfigProperty(name, value);
            }
        });
        return session;
    }

    /**
     * Blocks a repository or a mirror without encryption, as Maven does since 3.8. It is never queried, but files
     * that Maven has fetched from it may be used.
     */
    static RemoteRepository blockedIfPlain(RemoteRepository repository) {
        return PlainHttp.leavesThisMachine(repository.getUrl())
                ? new RemoteRepository.Builder(repository).setBlocked(true).build()
                : repository;
    }
}
