package org.experimaestro.faults;

import java.util.Locale;
import org.experimaestro.Experiment;
import org.experimaestro.Launcher;
import org.experimaestro.Token;

/** A thing that there is little of, and of which the jobs of a {@link WorkPlan} hold tokens. */
enum Resource {
    LICENCE(2),
    SERVER(3),
    DISPLAY(1);

    private static final int KINDS = 4;

    private final int size;

    Resource(int size) {
        this.size = size;
    }

    /** Whether each host has its own. */
    boolean isOfMachine() {
        return this == DISPLAY;
    }

    /** The number that there is of it. */
    int size() {
        return size;
    }

    /** The number that a job holds: one of one thing, some of two things, some of a thing of the machine, too, or nothing. */
    int amount(String job) {
        if (!job.startsWith(WorkPlan.WORK)) {
            return 0;
        }
        int kind = Integer.parseInt(job.substring(WorkPlan.WORK.length())) % KINDS;
        return switch (this) {
            case LICENCE -> kind < 2 ? 1 : 0;
            case SERVER -> kind == 1 ? 2 : kind == 2 ? 1 : 0;
            case DISPLAY -> kind == 2 ? 1 : 0;
        };
    }

    /** Declares all tokens, and returns the place of a job that holds its own. */
    static Launcher launcher(Experiment xp, String job, Ledger ledger) {
        Launcher launcher = Launcher.local();
        for (Resource each : values()) {
            if (each.isOfMachine() && !ledger.holdsMachineTokens()) {
                continue;
            }
            Token token =
                    each.isOfMachine() ? xp.machineToken(each.text(), each.size) : xp.token(each.text(), each.size);
            int amount = each.amount(job);
            launcher = amount > 0 ? launcher.holding(token, amount) : launcher;
        }
        return launcher;
    }

    /** The name of the token. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
