package org.experimaestro.engine.batch;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.experimaestro.LaunchException;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;

/** Opens batch systems and connectors by the names of their types. */
final class Services {
    private final ClassLoader loader;

    Services(ClassLoader loader) {
        this.loader = loader;
    }

    BatchSystem open(LauncherDefinition launcher) {
        Map<String, LauncherType> types = all(LauncherType.class, LauncherType::name);
        LauncherType type = types.get(launcher.type());
        if (type == null) {
            throw unknown("launcher " + launcher.name(), launcher.type(), types.keySet());
        }
        return type.open(launcher);
    }

    Connector open(ConnectorDefinition connector) {
        Map<String, ConnectorType> types = all(ConnectorType.class, ConnectorType::name);
        ConnectorType type = types.get(connector.type());
        if (type == null) {
            throw unknown("connector " + connector.name(), connector.type(), types.keySet());
        }
        return type.open(connector);
    }

    /** Ours, and those of the plan's class path, which shows nothing of ours but what plans may use. */
    private <T> Map<String, T> all(Class<T> service, Function<T, String> name) {
        Map<String, T> types = new TreeMap<>();
        for (ClassLoader each : List.of(loader, Services.class.getClassLoader())) {
            ServiceLoader.load(service, each).forEach(type -> types.put(name.apply(type), type));
        }
        return types;
    }

    private static LaunchException unknown(String what, String type, Set<String> known) {
        return new LaunchException(
                "Cannot use the " + what + ": its type \"" + type + "\" is not known",
                null,
                "the types on the class path are: " + String.join(", ", known),
                null);
    }
}
