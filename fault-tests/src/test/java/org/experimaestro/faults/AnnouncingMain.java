package org.experimaestro.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.engine.ExperimentSetup;

/** The process of a plan that submits a reader of each piece that a running task announces: the folder of a {@link Site}. */
final class AnnouncingMain {
    /** The file that holds the plan between an announcement and its submission. */
    static final String HOLD = "hold-callback";

    /** The file that tells that the plan is held there. */
    static final String HELD = "held-callback";

    static final int STEPS = 3;

    private AnnouncingMain() {}

    static Config<Announcing> task(Path gate) {
        return Config.builder(Announcing.class)
                .set("steps", STEPS)
                .set("gate", gate)
                .build();
    }

    /** Ends with 0 if all jobs are done. */
    public static void main(String[] arguments) throws InterruptedException {
        Path site = Path.of(arguments[0]);
        Path gate = Site.ledger(site);
        ExperimentSetup setup = PlanMain.setup(site, RunMode.NORMAL, 3);
        Outcome outcome = PlanMain.run(
                        setup,
                        (xp, settings) -> {
                            Config<Announcing> made = xp.submit(task(gate));
                            xp.onAnnounced(made, Piece.class, piece -> {
                                if (Files.exists(gate.resolve(HOLD))) {
                                    Files.writeString(gate.resolve(HELD), "");
                                    Await.until(
                                            "the hold is gone", Site.PATIENCE, () -> !Files.exists(gate.resolve(HOLD)));
                                }
                                xp.submit(Config.builder(Announcing.Reading.class)
                                        .set("piece", piece)
                                        .set("gate", gate)
                                        .build());
                            });
                        },
                        List.of(),
                        System.out)
                .outcome();
        System.exit(outcome == Outcome.DONE ? 0 : 1);
    }
}
