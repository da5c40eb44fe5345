package org.experimaestro.engine.batch;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.experimaestro.LaunchException;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;

/** The types of launchers and connectors by name. Thread-safe. */
final class Services {
    private final ClassLoader loader;
    private final Map<Class<?>, Map<String, ?>> known = new ConcurrentHashMap<>();

    Services(ClassLoader loader) {
        this.loader = loader;
    }

    LauncherType type(LauncherDefinition launcher) {
        return type("launcher " + launcher.name(), launcher.type(), LauncherType.class, LauncherType::name);
    }

    ConnectorType type(ConnectorDefinition connector) {
        return type("connector " + connector.name(), connector.type(), ConnectorType.class, ConnectorType::name);
    }

    private <T> T type(String what, String wanted, Class<T> service, Function<T, String> name) {
        Map<String, ?> types = known.computeIfAbsent(service, key -> all(service, name));
        if (!types.containsKey(wanted)) {
            throw unknown(what, wanted, types.keySet());
        }
        return service.cast(types.get(wanted));
    }

    /**
     * Returns Experimaestro's own types, and those of the plan's class path, which shows only the parts of
     * Experimaestro that plans may use.
     */
    private <T> Map<String, T> all(Class<T> service, Function<T, String> name) {
        Map<String, T> types = new TreeMap<>();
        for (ClassLoader each : List.of(loader, Services.class.getClassLoader())) {
            ServiceLoader.load(service, each).forEach(type -> types.put(name.apply(type), type));
        }
        return types;
    }

    private static LaunchException unknown(String what, String type, Set<String> known) {
        return LaunchException.of("Cannot use the " + what + ": its type \"" + type + "\" is not known")
                .advice("the types on the class path are: " + String.join(", ", known))
                .build();
    }
}
