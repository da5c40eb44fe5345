package org.experimaestro.web.api;

import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;

/**
 * The address at which the reader reaches a service. A workspace on another host answers with the port there; the near end
 * forwards it, and answers with an address of its own machine.
 */
final class ServiceAddressResource implements Resource {
    /**
     * The answer.
     *
     * @param host the name of the machine on which the service runs
     * @param port the port at which it listens
     * @param path the path of its page
     * @param address the address of its page
     */
    record Answer(String host, int port, String path, String address) {}

    /** The near end forwards a port for each request; in a stream, it does not look into the answers. */
    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        SideFolder service = SideSubject.find(monitored, path, SideKind.SERVICE);
        OptionalInt port = BesideResource.port(service);
        if (port.isEmpty()) {
            throw new HttpProblem(
                    409, "Cannot reach the " + service + ": it does not run here, or is not ready", "start it first");
        }
        String page = service.service().path();
        return new Answer(Monitored.host(), port.getAsInt(), page, ServiceDescription.address(port.getAsInt(), page));
    }
}
