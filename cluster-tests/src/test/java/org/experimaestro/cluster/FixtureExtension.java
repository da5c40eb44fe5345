package org.experimaestro.cluster;

import java.util.function.Supplier;
import org.experimaestro.disturbance.program.Wish;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Starts a fixture before the tests of a class, puts it right after each of them, and has all ended after the last class. */
abstract sealed class FixtureExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback
        permits SlurmExtension, SshdExtension {
    /** The system property by which these tests are asked for. */
    static final String PROPERTY = "cluster.tests";

    private static final Namespace NAMESPACE = Namespace.create(FixtureExtension.class);

    private static final String NOT_ASKED_FOR =
            "Slurm and an SSH server are started only when asked for: ./mvnw verify -D" + PROPERTY
                    + "=required does, and installs what they lack on Debian 12";

    private final Supplier<? extends Fixture> fixture;

    FixtureExtension(Supplier<? extends Fixture> fixture) {
        this.fixture = fixture;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Wish wish = Wish.ofThisBuild(PROPERTY);
        Assumptions.assumeTrue(wish != Wish.OFF, NOT_ASKED_FOR);
        // JUnit closes what is in the store of all tests, after the last one.
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(Fixtures.class, key -> Fixtures.OURS, Fixtures.class);
        demand(fixture, wish);
    }

    /**
     * Starts a fixture.
     *
     * @throws org.opentest4j.TestAbortedException when this machine lacks something, and that is no failure
     * @throws UnavailableException when it is one
     */
    static void demand(Supplier<? extends Fixture> fixture, Wish wish) {
        try {
            fixture.get();
        } catch (UnavailableException lack) {
            if (wish == Wish.REQUIRED) {
                throw lack;
            }
            Assumptions.abort("Skipped, since on this machine " + lack.getMessage()
                    + ". It would fail with CI=true or -D" + PROPERTY + "=required.");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Fixtures.OURS.repair();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Fixtures.OURS.clear();
    }
}
