package org.experimaestro.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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
        List<String> known = new ArrayList<>();
        for (LauncherType type : ServiceLoader.load(LauncherType.class, loader)) {
            if (type.name().equals(launcher.type())) {
                return type.open(launcher);
            }
            known.add(type.name());
        }
        throw unknown("launcher " + launcher.name(), launcher.type(), known);
    }

    Connector open(ConnectorDefinition connector) {
        List<String> known = new ArrayList<>();
        for (ConnectorType type : ServiceLoader.load(ConnectorType.class, loader)) {
            if (type.name().equals(connector.type())) {
                return type.open(connector);
            }
            known.add(type.name());
        }
        throw unknown("connector " + connector.name(), connector.type(), known);
    }

    private static LaunchException unknown(String what, String type, List<String> known) {
        return new LaunchException(
                "Cannot use the " + what + ": its type \"" + type + "\" is not known",
                null,
                "the types on the class path are: " + String.join(", ", known),
                null);
    }
}
