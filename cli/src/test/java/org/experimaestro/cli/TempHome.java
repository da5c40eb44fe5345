package org.experimaestro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.disturbance.BackgroundTraining;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives all tests a home folder of the build in place of the user's: caches stay out of the user's, and none made by
 * another version of the sources is used. The local Maven repository stays the one in use.
 */
public final class TempHome implements BeforeAllCallback, AfterAllCallback {
    private static final String HOME = "user.home";
    private static final String REPOSITORY = "maven.repo.local";

    private String userHome = "";
    private boolean ownRepository;
    private Path home = Path.of("");

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        userHome = System.getProperty(HOME);
        home = Files.createTempDirectory("experimaestro-home");
        ownRepository = System.getProperty(REPOSITORY) == null;
        if (ownRepository) {
            System.setProperty(
                    REPOSITORY, Path.of(userHome, ".m2", "repository").toString());
        }
        System.setProperty(HOME, home.toString());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        System.setProperty(HOME, userHome);
        if (ownRepository) {
            System.clearProperty(REPOSITORY);
        }
        BackgroundTraining.awaitEnd(home);
        try (var paths = Files.walk(home)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
