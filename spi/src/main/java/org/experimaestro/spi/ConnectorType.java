package org.experimaestro.spi;

import java.util.List;
import java.util.Map;

/** A type of connector, a service (see {@link java.util.ServiceLoader}): what {@code type:} of a connector names. */
public interface ConnectorType {

    /**
     * Its name.
     *
     * @return small letters, such as {@code ssh}
     */
    String name();

    /**
     * The options that it knows.
     *
     * @return in the order in which they are documented
     */
    List<LauncherOption> options();

    /**
     * What is wrong with the values of options.
     *
     * @param options values by name; only names that are known
     * @return a sentence each; empty if nothing is wrong
     */
    List<String> check(Map<String, String> options);

    /**
     * A connector. Nothing is connected until it is used.
     *
     * @param definition the connector, whose options have been checked
     * @return a connector, which its user closes
     */
    Connector open(ConnectorDefinition definition);
}
