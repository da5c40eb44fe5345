package org.experimaestro.cluster;

/** Starts {@link TestCluster} before the tests that need it. */
final class SlurmExtension extends FixtureExtension {
    SlurmExtension() {
        super(TestCluster::slurm);
    }
}
