package org.experimaestro.cli.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.plan.Installation;
import org.experimaestro.connector.ssh.SshHost;
import org.experimaestro.web.remote.FarApi;
import org.experimaestro.workspace.Failures;

/** The opening of APIs on other hosts. */
public final class SshApi {
    /** The least release of Java that runs this program. */
    public static final int JAVA = HostScripts.JAVA;

    private SshApi() {}

    /**
     * Logs in to a host, sends it the jars that it lacks, and begins to read a workspace there. Until the login, ssh may
     * ask for a password on the terminal of this process.
     *
     * @param place the workspace
     * @param java the folder of the Java there; empty for the usual places
     * @param readOnly whether all actions are refused
     * @return the API, to be closed
     * @throws WorkspaceException if there is no connection, no Java there, or no workspace
     * @throws InterruptedException if this thread is interrupted
     */
    public static FarApi open(SshPlace place, Optional<String> java, boolean readOnly) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(place.host(), place.path()));
        if (readOnly) {
            arguments.add(FarMain.READ_ONLY);
        }
        try {
            return FarApi.open(
                    new SshFarHost(SshHost.of(place.host()), ProgramJars.of(Installation.jars()), java, arguments));
        } catch (IOException failed) {
            throw WorkspaceException.of(Failures.reason(failed)).cause(failed).build();
        } catch (IllegalArgumentException wrong) {
            throw WorkspaceException.of("Cannot connect to " + place + ": " + wrong.getMessage())
                    .cause(wrong)
                    .build();
        }
    }
}
