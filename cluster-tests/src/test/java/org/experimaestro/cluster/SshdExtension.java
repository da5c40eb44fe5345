package org.experimaestro.cluster;

/** Starts {@link TestSshServer} before the tests that need it. */
final class SshdExtension extends FixtureExtension {
    SshdExtension() {
        super(TestSshServer::ssh);
    }
}
