package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherHook;
import org.experimaestro.spi.Placement;

/** The hooks of a plan's class path, in its order. The first hook that chooses decides. */
final class Hooks {
    private final List<LauncherHook> hooks;

    private Hooks(List<LauncherHook> hooks) {
        this.hooks = hooks;
    }

    /** Creates the hooks that a class loader finds. */
    static Hooks of(ClassLoader plan) {
        List<LauncherHook> hooks = new ArrayList<>();
        try {
            ServiceLoader.load(LauncherHook.class, plan).forEach(hooks::add);
        } catch (ServiceConfigurationError error) {
            throw LaunchException.of("a hook that chooses launchers cannot be made: " + error.getMessage())
                    .advice("look at META-INF/services/" + LauncherHook.class.getName() + " of the plan's class path")
                    .cause(error)
                    .build();
        }
        return new Hooks(List.copyOf(hooks));
    }

    Optional<Placement> choose(Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
        for (LauncherHook hook : hooks) {
            Optional<Placement> chosen = ask(hook, request, candidates, launchers);
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        return Optional.empty();
    }

    private static Optional<Placement> ask(
            LauncherHook hook, Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
        try {
            return hook.choose(request, candidates, launchers);
        } catch (RuntimeException | LinkageError thrown) {
            throw LaunchException.of("the hook %s failed to choose a launcher for %s: %s"
                            .formatted(hook.getClass().getName(), request, thrown))
                    .at(request.location().orElse(null))
                    .advice("mend the hook, or remove it from the plan's class path")
                    .cause(thrown)
                    .build();
        }
    }
}
