package org.experimaestro.spi;

import java.util.List;
import java.util.Map;

/**
 * A type of connector, named by {@code type:} of a connector in the launcher file. It is a service: see {@link
 * java.util.ServiceLoader}.
 */
public interface ConnectorType {

    /**
     * Returns its name.
     *
     * @return lower-case letters, such as {@code ssh}
     */
    String name();

    /**
     * Returns the options of this type.
     *
     * @return in the order in which they are documented
     */
    List<LauncherOption> options();

    /**
     * Checks the values of options.
     *
     * @param options values by name; only known names
     * @return a sentence for each problem; empty if there are none
     */
    List<String> check(Map<String, String> options);

    /**
     * Creates a connector. It connects at its first use.
     *
     * @param definition the connector, whose options have been checked
     * @return a connector, which the caller closes
     */
    Connector open(ConnectorDefinition definition);
}
