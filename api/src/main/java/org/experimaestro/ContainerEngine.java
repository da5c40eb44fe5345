package org.experimaestro;

import java.util.Locale;

/** A program that runs containers. The constants are in the order in which a job's host is searched for them. */
public enum ContainerEngine {
    /** Apptainer, formerly Singularity. The user in the container is that of the job. */
    APPTAINER,
    /** Podman. Without root, the container's root is the user of the job. */
    PODMAN,
    /** Docker. The container's root is that of the host, unless an option such as {@code --user} says otherwise. */
    DOCKER;

    /**
     * Returns the name of its command.
     *
     * @return such as {@code podman}
     */
    public String command() {
        return name().toLowerCase(Locale.ROOT);
    }
}
