package org.experimaestro.copy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.LaunchException;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;

/**
 * The place of a workspace on another host. Immutable.
 *
 * @param host the host, as for ssh: a name of {@code ~/.ssh/config}, or {@code user@host}
 * @param path the folder there, absolute or relative to the user's home
 */
public record HostAddress(String host, String path) {
    /** A form of {@code HOST:PATH}, as scp(1) has it: no slash before the colon. */
    private static final Pattern FORM = Pattern.compile("([^/:\\s]{2,}):(.+)");

    /**
     * Finds the address in a text.
     *
     * @param text a text of the command line
     * @return empty if the text is a path of this machine
     */
    public static Optional<HostAddress> find(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new HostAddress(form.group(1), form.group(2))) : Optional.empty();
    }

    /**
     * Prepares the connection to the host, with the user's own ssh.
     *
     * @param types the types of connectors of this installation
     * @return the connector, to be closed
     * @throws LaunchException if there is no connector of the type ssh, or the host's name is wrong
     */
    public Connector open(Iterable<ConnectorType> types) {
        for (ConnectorType type : types) {
            if (type.name().equals("ssh")) {
                ConnectorDefinition definition =
                        new ConnectorDefinition(host, type.name(), new TreeMap<>(Map.of("host", host)));
                List<String> wrong = type.check(definition.options());
                if (!wrong.isEmpty()) {
                    throw LaunchException.of("Cannot connect to " + host + ": " + String.join("; ", wrong))
                            .build();
                }
                return type.open(definition);
            }
        }
        throw LaunchException.of("Cannot connect to " + host + ": this installation has no connector of the type ssh")
                .build();
    }

    @Override
    public String toString() {
        return host + ":" + path;
    }
}
