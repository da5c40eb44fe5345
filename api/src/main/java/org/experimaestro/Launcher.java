package org.experimaestro;

import java.util.Optional;
import org.experimaestro.internal.PlanLine;
import org.jspecify.annotations.Nullable;

/** Where and with what a job is to run: a request that is resolved when a task is submitted. */
public final class Launcher {
    private static final Launcher LOCAL = new Launcher(null, null);

    private final @Nullable String requirement;
    private final @Nullable String location;

    private Launcher(@Nullable String requirement, @Nullable String location) {
        this.requirement = requirement;
        this.location = location;
    }

    /**
     * This machine.
     *
     * @return the launcher that a submission without a launcher uses
     */
    public static Launcher local() {
        return LOCAL;
    }

    /**
     * A launcher that meets a requirement, for example {@code duration=2 days & cuda(mem=16G) * 4}. Where the user has
     * no {@code launchers.yaml}, this machine.
     *
     * @param requirement alternatives joined by {@code |}, the preferred one first
     * @return the request
     */
    public static Launcher find(String requirement) {
        return new Launcher(requirement.strip(), PlanLine.current());
    }

    /**
     * What was asked for.
     *
     * @return the requirement's text, empty for {@link #local}
     */
    public Optional<String> requirement() {
        return Optional.ofNullable(requirement);
    }

    /**
     * Where in the plan it was asked for.
     *
     * @return file and line, empty for {@link #local}
     */
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    @Override
    public String toString() {
        return requirement == null ? "local" : requirement;
    }
}
