package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.wire.WireBeside;

/**
 * An action or a service in a list.
 *
 * @param kind the word {@code "actions"} or {@code "services"}
 * @param name its name
 * @param last its last process
 * @param command a command that executes, starts or stops it
 * @param action the action; empty for a service
 * @param address the address of a service on its host, once it is ready
 */
public record BesideLine(
        String kind,
        String name,
        Optional<WireBeside.LastProcess> last,
        String command,
        Optional<WireBeside.Action> action,
        Optional<String> address) {

    /** Returns the lines of an answer: the actions, then the services. */
    public static List<BesideLine> of(WireBeside answer) {
        List<BesideLine> lines = new ArrayList<>();
        answer.actions()
                .forEach(action -> lines.add(new BesideLine(
                        "actions",
                        action.name(),
                        action.last(),
                        action.command(),
                        Optional.of(action),
                        Optional.empty())));
        answer.services()
                .forEach(service -> lines.add(new BesideLine(
                        "services",
                        service.name(),
                        service.last(),
                        service.command(),
                        Optional.empty(),
                        service.address())));
        return lines;
    }

    /** Returns the name of the line. */
    public String id() {
        return kind + "/" + name;
    }

    /** Returns whether its last process may run on its host. */
    public boolean isActive() {
        return last.filter(WireBeside.LastProcess::isActive).isPresent();
    }

    /** Returns the process that listens, and where on its host; empty if it is not ready. */
    Optional<String> listening() {
        return address.flatMap(there -> last.map(process -> process.number() + " at " + there));
    }

    /** Returns the state of its last process in a word. */
    public String state() {
        return last.map(process -> process.isStopping() ? "stopping" : process.state())
                .orElse("never started");
    }
}
