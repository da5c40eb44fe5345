package org.experimaestro.web;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.monitor.action.BatchTermination;
import org.experimaestro.workspace.Workspace;

/**
 * The choices of a server. Immutable.
 *
 * @param workspace the workspace that the page shows
 * @param host the address, or the name, at which the server listens
 * @param port the port; empty for the usual one, or a free one if that is taken
 * @param readOnly whether all actions are refused
 * @param program the version of Experimaestro
 * @param presets the filters that the user has named, by their names
 * @param batch ends the jobs of batch systems; called by several threads at once
 * @param state the folder of files that one user's processes share, for the record of the page
 */
public record WebOptions(
        Workspace workspace,
        String host,
        OptionalInt port,
        boolean readOnly,
        String program,
        Map<String, String> presets,
        BatchTermination batch,
        Path state) {

    /** The address at which a server listens by default: no other machine reaches it. */
    public static final String LOOPBACK = "127.0.0.1";

    /** The port at which a server listens by default. */
    public static final int USUAL_PORT = 12345;

    /** Copies the filters. */
    public WebOptions {
        presets = Map.copyOf(presets);
    }
}
