package org.experimaestro.web.api;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.experimaestro.workspace.AccountedUse;

/**
 * The resources that a batch system has accounted for an attempt.
 *
 * @param by the launcher
 * @param state the state in the batch system's own term
 * @param exitCode the exit code
 * @param seconds the time from the start of the job to its end
 * @param cpuSeconds the time of all cores
 * @param maxMemoryBytes the largest memory
 */
record AccountedUseLine(
        String by,
        Optional<String> state,
        OptionalInt exitCode,
        OptionalDouble seconds,
        OptionalDouble cpuSeconds,
        OptionalLong maxMemoryBytes) {
    static AccountedUseLine of(AccountedUse use) {
        return new AccountedUseLine(
                use.launcher(),
                Optional.of(use.state()).filter(state -> !state.isEmpty()),
                use.exitCode(),
                use.wallSeconds(),
                use.cpuSeconds(),
                use.maxMemoryBytes());
    }
}
