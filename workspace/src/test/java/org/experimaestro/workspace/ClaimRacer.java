package org.experimaestro.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigId;

/** One of the processes that race for a job: prints the attempts that it gets. */
final class ClaimRacer {
    static final int ATTEMPTS = 200;

    private ClaimRacer() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Files.createFile(root.resolve("ready-" + arguments[1]));
        Processes.await(
                "both racers", () -> Files.exists(root.resolve("ready-a")) && Files.exists(root.resolve("ready-b")));
        JobFolder job = Workspace.view(root).job("test.job", ConfigId.parse("00000000000000010000000000000002"));
        ProcessIdentity self = ProcessIdentity.current();
        while (job.status().lastAttempt().orElse(0) < ATTEMPTS) {
            if (job.claim(self, arguments[1]) instanceof Claim.Granted granted
                    && granted.attempt().number() <= ATTEMPTS) {
                System.out.println("attempt " + granted.attempt().number());
                granted.attempt().failed(FailureCause.EXCEPTION, "the next one, please", null);
            }
        }
    }
}
