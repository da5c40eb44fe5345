package org.experimaestro.connector.ssh;

import java.util.List;
import java.util.Map;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherOption;

/**
 * The connector type for hosts that are reached with the {@code ssh} command of this machine: {@code type: ssh} in a
 * launcher file.
 */
public final class SshConnectorType implements ConnectorType {

    /** Creates the type. {@link java.util.ServiceLoader} calls it. */
    public SshConnectorType() {}

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public List<LauncherOption> options() {
        return SshOptions.KNOWN;
    }

    @Override
    public List<String> check(Map<String, String> options) {
        return SshOptions.problems(options);
    }

    @Override
    public Connector open(ConnectorDefinition definition) {
        return new SshConnector(SshOptions.of(definition));
    }
}
