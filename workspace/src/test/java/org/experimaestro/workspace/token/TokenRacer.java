package org.experimaestro.workspace.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.experimaestro.workspace.Processes;

/** One of many processes that take tokens and give them back, and keep a ledger of what they hold. */
final class TokenRacer {
    static final String LEDGER = "ledger";
    static final String GO = "go";

    private TokenRacer() {}

    /** {@code ROOT NUMBER TAKES}. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int number = Integer.parseInt(arguments[1]);
        Random random = new Random(number);
        tell(root, number + " ready");
        Processes.await("all are there", () -> Files.exists(root.resolve(GO)));
        try (TokenDesk desk = new TokenDesk(TokenFixture.folder(root), InstantSource.system())) {
            for (int take = 0; take < Integer.parseInt(arguments[2]); take++) {
                SortedMap<String, Long> amounts = TokenStateTest.of("licence", 1 + random.nextInt(3));
                if (random.nextInt(4) == 0) {
                    amounts.putAll(TokenStateTest.of("disk", 1));
                }
                String job = "trial.step/" + String.format("%016x%016x", number, take);
                TokenShare share = desk.ask(job, "", amounts, random.nextInt(3));
                while (!share.isHeld()) {
                    TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(200));
                    share = desk.look(share).share();
                }
                long disks = amounts.getOrDefault("disk", 0L);
                // Told when they are held, and before they are given back: the ledger never says too much.
                tell(root, number + " + " + amounts.get("licence") + " " + disks + " " + share.lease());
                TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
                tell(root, number + " - " + amounts.get("licence") + " " + disks + " " + share.lease());
                desk.giveBack(share);
            }
        }
        tell(root, number + " end");
    }

    /** One write in append mode: lines of several processes do not mix (write(2), O_APPEND). */
    static void tell(Path root, String line) throws IOException {
        Files.write(
                root.resolve(LEDGER),
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
