package org.experimaestro.loader.source;

import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.DependencyCollectionContext;
import org.eclipse.aether.collection.DependencySelector;
import org.eclipse.aether.graph.Dependency;

/**
 * A filter that removes Experimaestro's artifacts from a plan's libraries: the running installation has them, in its
 * own version.
 */
final class OwnArtifacts implements DependencySelector {
    private static final String GROUP = "org.experimaestro";
    private static final String PREFIX = "experimaestro-";

    static boolean contains(String group, String artifact) {
        return group.equals(GROUP) && artifact.startsWith(PREFIX);
    }

    @Override
    public boolean selectDependency(Dependency dependency) {
        Artifact artifact = dependency.getArtifact();
        return !contains(artifact.getGroupId(), artifact.getArtifactId());
    }

    @Override
    public DependencySelector deriveChildSelector(DependencyCollectionContext context) {
        return this;
    }
}
