package org.experimaestro.core.serial;

import java.nio.file.Path;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;

/** The names and shapes that a reading of an old job gives to its parts: those of its time, or those of today. */
interface NameView {
    /**
     * Returns the type of a configuration, with the names of this view.
     *
     * @param label its name in the file
     */
    TypeDescriptor<?> type(String label);

    /** Returns a configuration, which no task makes yet, in the shape of this view. */
    ConfigNode<?> shape(ConfigNode<?> stored);

    /** Returns the name of a job, {@code type/identifier}, from the stored one. */
    String job(String stored);

    /** Returns a path in a job's folder, from the stored one. */
    Path path(Path stored);

    /**
     * Checks a configuration that was read.
     *
     * @param label its name in the file
     * @param node the configuration
     * @param stored its members in the file
     * @throws org.experimaestro.ConfigException if the configuration is not that of the file
     */
    void check(String label, ConfigNode<?> node, JsonObject stored);
}
